// The programs of the pages about this package, as their readers would run them: compiled, on the built package, in a
// process of their own.

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { transform } from '@swc/core';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');

/** Programs with what the page says that they print. */
async function readPrograms(page: string): Promise<{ program: string; printed: string }[]> {
  const text = await readFile(join(ROOT, page), 'utf8');
  const blocks = [...text.matchAll(/```ts\n(.*?)```\n\nIt prints\n\n```text\n(.*?)```/gs)];
  return blocks.map(([, program, printed]) => ({ program, printed }));
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'striate-documented-'));
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
});
afterAll(() => rm(folder, { recursive: true }));

async function run(program: string): Promise<string> {
  const { code } = await transform(program, {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'es6' },
  });
  const path = join(folder, 'program.mjs');
  await writeFile(path, code);
  const env = { ...process.env, FORCE_COLOR: '0' }; // colours would stand in what is printed
  return (await promisify(execFile)(process.execPath, [path], { env })).stdout;
}

describe.each([
  ['docs/compute.md', 2],
  ['packages/compute/README.md', 1],
])('%s', (page, count) => {
  it('has programs that print what it says', async () => {
    const programs = await readPrograms(page);
    expect(programs).toHaveLength(count);
    for (const { program, printed } of programs) expect(await run(program)).toBe(printed);
  });
});
