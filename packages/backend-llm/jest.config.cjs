module.exports = {
  ...require('../../tools/jest/preset.cjs'),
  displayName: 'backend-llm',
  rootDir: __dirname,
};
