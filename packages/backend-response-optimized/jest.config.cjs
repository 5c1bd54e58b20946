module.exports = {
  ...require('../../tools/jest/preset.cjs'),
  displayName: 'backend-response-optimized',
  rootDir: __dirname,
};
