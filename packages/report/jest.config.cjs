module.exports = { ...require('../../tools/jest/preset.cjs'), displayName: 'report', rootDir: __dirname };
