// The plugin of docs/plugins.md, as its reader would have it: what the page shows is what these tests run.

import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';
import { makeTemporaryFolder } from './temporary-folder.js';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');

/** Changes the plugin's source before it is compiled. */
export type Spoil = (source: string) => string;

/**
 * Write the plugin `my-net` of the page, built, beside a configuration `lab/try.yaml` that uses it.
 *
 * @returns The folder that both lie in.
 */
export async function makeDocumentedPlugin(spoil: Spoil = (source) => source): Promise<string> {
  const page = await readFile(join(ROOT, 'docs/plugins.md'), 'utf8');
  const folder = await makeTemporaryFolder();
  await mkdir(join(folder, 'my-net', 'dist'), { recursive: true });
  await mkdir(join(folder, 'lab'));
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const { code } = await transform(spoil(firstBlock(page, 'ts')), {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'es6' },
  });
  await writeFile(join(folder, 'my-net', 'package.json'), firstBlock(page, 'json'));
  await writeFile(join(folder, 'my-net', 'dist', 'index.js'), code);
  await writeFile(join(folder, 'lab', 'try.yaml'), firstBlock(page, 'yaml'));
  return folder;
}

function firstBlock(page: string, language: string): string {
  return page.split(`\`\`\`${language}\n`)[1].split('\n```')[0];
}
