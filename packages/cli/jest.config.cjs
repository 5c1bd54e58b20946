module.exports = { ...require('../../tools/jest/preset.cjs'), displayName: 'cli', rootDir: __dirname };
