module.exports = { ...require('../jest/preset.cjs'), displayName: 'reference', rootDir: __dirname };
