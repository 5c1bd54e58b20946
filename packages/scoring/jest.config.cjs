module.exports = { ...require('../../tools/jest/preset.cjs'), displayName: 'scoring', rootDir: __dirname };
