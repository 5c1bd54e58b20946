import { describeDataset } from '@striate/conformance';
import { encodeNpy } from '@striate/npy';
import { createFolderDataset, createSyntheticDataset } from '../src/index.js';
import { FILES, RDM_FILES, removeFolders, writeFolder } from '../src/folder/__fixtures__/small-folder.js';

afterAll(removeFolders);

const context = { baseFolder: '.', device: 'cpu' } as const;

describeDataset(
  { describe, it },
  () => {
    const dataset = createSyntheticDataset();
    const options = dataset.parseOptions({ nStimuli: 24, nVoxels: 2, imageSize: 16 });
    return { plugin: 'synthetic', dataset, options, open: () => dataset.doOpen(options, context) };
  },
  { title: 'synthetic keeps the laws of a dataset' },
);

describeDataset({ describe, it }, async () => folderSubject(await writeFolder(FILES)), {
  title: 'folder keeps the laws of a dataset',
});

describeDataset(
  { describe, it },
  async () => {
    const description = { name: 'x', recordingKind: 'neuron', missing: 'nan' };
    const changes = {
      'dataset.json': JSON.stringify(description),
      'responses/s2.npy': encodeNpy([2, 2, 1], Float64Array.of(1, 2, NaN, 4)),
    };
    return folderSubject(await writeFolder(FILES, changes));
  },
  { title: 'folder with responses that were not measured keeps the laws of a dataset' },
);

describeDataset({ describe, it }, async () => folderSubject(await writeFolder(RDM_FILES)), {
  title: 'folder of RDMs keeps the laws of a dataset',
});

function folderSubject(folder: string) {
  const dataset = createFolderDataset();
  const options = dataset.parseOptions({ path: folder });
  return { plugin: 'folder', dataset, options, open: () => dataset.doOpen(options, context) };
}
