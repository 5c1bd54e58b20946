// `npm test`: the tests of every project, then one line with what they came to.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const { status } = spawnSync('npx', ['nx', 'run-many', '-t', 'test', ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, NX_DAEMON: process.env.NX_DAEMON ?? 'false' },
});

const total = { passed: 0, failed: 0, skipped: 0 };
let isIncomplete = false;
const projects = ['packages', 'tools'].flatMap((folder) =>
  readdirSync(folder).map((name) => join(folder, name)),
);
for (const project of projects) {
  if (!existsSync(join(project, 'jest.config.cjs'))) continue;
  const file = join(project, 'out-tsc', 'test-counts', 'counts.json');
  if (!existsSync(file)) {
    console.error(`${project}: left no count of its tests`);
    isIncomplete = true;
    continue;
  }
  const counts = JSON.parse(readFileSync(file, 'utf8'));
  for (const key of Object.keys(total)) total[key] += counts[key];
}
const failed = total.failed + (isIncomplete ? 1 : 0);
if (total.skipped > 0)
  console.log(`${total.skipped} skipped (parts that are not on this machine; their titles say which)`);
console.log(`${total.passed} passed, ${failed} failed`);
process.exit(status === 0 && failed === 0 ? 0 : 1);
