// docs/export.md, as its reader would follow it: the command that it shows, the program for Node, the keys that it lists.

import { copyFile, readFile, symlink, writeFile } from 'node:fs/promises';
import { execFile } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { decodeModel } from '@striate/compute';
import { withNpy } from '@striate/npy';
import { configuration, makeProject, run, type Project } from './project.js';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');

const readPage = () => readFile(join(ROOT, 'docs/export.md'), 'utf8');

const blockOf = (page: string, language: string) =>
  new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 's').exec(page)![1];

/** The project of the page's command, and the file that it wrote; its network is another. */
async function followCommand(page: string): Promise<Project> {
  const project = await makeProject();
  await project.configure({ models: [{ ...configuration.models[0], name: 'squeezenet' }] });
  await copyFile(project.path('plan.yaml'), project.path('v4.yaml'));
  await symlink(join(ROOT, 'node_modules'), project.path('node_modules'));
  const [, ...words] = blockOf(page, 'sh').trim().replace('fire6', 'pooled_energy').split(' ');
  const { code, stderr } = await run(project.folder, ...words, '--store', 'store');
  expect([code, stderr]).toEqual([0, expect.not.stringContaining('STRIATE_')]);
  return project;
}

describe('docs/export.md', () => {
  it('has a program for Node that predicts what the pipeline predicts', async () => {
    const page = await readPage();
    const project = await followCommand(page);
    const [id] = (await readFile(project.path('v4.predictions.ids.txt'), 'utf8')).split('\n');
    const expected = await withNpy(project.path('v4.predictions.npy'), (file) => file.readFloats());
    await copyFile(project.path('data', 'images', `${id}.png`), project.path('image.png'));
    await writeFile(project.path('predict.mjs'), blockOf(page, 'js'));
    const { stdout } = await promisify(execFile)(process.execPath, ['predict.mjs'], {
      cwd: project.folder,
      env: { ...process.env, FORCE_COLOR: '0' }, // colours would stand in what is printed
    });
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => line.split(' '));
    expect(lines.map(([voxel]) => voxel)).toEqual(['v0', 'v1', 'v2', 'v3', 'v4', 'v5']);
    lines.forEach(([, predicted], voxel) => expect(Number(predicted)).toBeCloseTo(expected[voxel], 5));
  });

  it('lists every key that a file has', async () => {
    const page = await readPage();
    const project = await followCommand(page);
    const listed = new Set(page.match(/(?<=`)\w+(?=`)/g));
    const { metadataProps } = decodeModel(await readFile(project.path('v4.onnx')), 'v4.onnx');
    expect(metadataProps.length).toBeGreaterThan(15);
    expect(metadataProps.map(({ key }) => key).filter((key) => !listed.has(key))).toEqual([]);
  });
});
