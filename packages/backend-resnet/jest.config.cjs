module.exports = {
  ...require('../../tools/jest/preset.cjs'),
  displayName: 'backend-resnet',
  rootDir: __dirname,
};
