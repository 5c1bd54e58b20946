module.exports = {
  ...require('../../tools/jest/preset.cjs'),
  displayName: 'backend-clip',
  rootDir: __dirname,
};
