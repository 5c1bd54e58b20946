module.exports = {
  ...require('../../tools/jest/preset.cjs'),
  displayName: 'backend-onnx',
  rootDir: __dirname,
};
