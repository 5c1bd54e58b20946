module.exports = { ...require('../../tools/jest/preset.cjs'), displayName: 'npy', rootDir: __dirname };
