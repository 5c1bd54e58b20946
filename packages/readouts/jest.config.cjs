module.exports = { ...require('../../tools/jest/preset.cjs'), displayName: 'readouts', rootDir: __dirname };
