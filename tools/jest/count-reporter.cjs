// Leaves the counts of a package's test run where `npm test` adds them up (jest's own summary is per package).
const fs = require('node:fs');
const path = require('node:path');

module.exports = class {
  constructor(globalConfig) {
    this.rootDir = globalConfig.rootDir;
  }

  onRunComplete(_contexts, results) {
    const folder = path.join(this.rootDir, 'out-tsc', 'test-counts');
    fs.mkdirSync(folder, { recursive: true });
    const counts = {
      passed: results.numPassedTests,
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
      skipped: results.numPendingTests + results.numTodoTests,
    };
    fs.writeFileSync(path.join(folder, 'counts.json'), JSON.stringify(counts));
  }
};
