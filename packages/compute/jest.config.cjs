module.exports = { ...require('../../tools/jest/preset.cjs'), displayName: 'compute', rootDir: __dirname };
