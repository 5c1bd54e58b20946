import { FILES, removeFolders, writeFolder } from './__fixtures__/small-folder.js';
import { openFolder } from './open.js';

afterAll(removeFolders);

const openWith = async (lines: readonly string[], changes: Parameters<typeof writeFolder>[1] = {}) =>
  openFolder(await writeFolder(FILES, { 'caption-grids.jsonl': lines.join('\r\n'), ...changes }));

describe('grids of captions of a folder', () => {
  it('are read row by row, null where nothing is said', async () => {
    const { stimuli } = await openWith([
      '{"id": "d", "cells": [["a door", null, " "], ["a step ", "", "a step"]]}',
      '',
      '{"cells": [[null, null, null], [null, null, "a table"]], "id": "a", "by": "hand"}',
    ]);
    expect(stimuli.map(({ captionGrid }) => captionGrid)).toEqual([
      { height: 2, width: 3, cells: [null, null, null, null, null, 'a table'] },
      undefined,
      undefined,
      { height: 2, width: 3, cells: ['a door', null, null, 'a step', null, 'a step'] },
    ]);
    expect(stimuli[0].captions).toEqual(['an apple', 'a red apple, on a table']);
  });

  it('may write an id as a number', async () => {
    const stimuli = 'id\n37\na\nb\nc\nd\n';
    const dataset = await openWith(['{"id": 37, "cells": [["x"]]}'], { 'stimuli.csv': stimuli });
    expect(dataset.stimuli[0].captionGrid).toEqual({ height: 1, width: 1, cells: ['x'] });
  });

  it.each([
    ['a line that is not JSON', '{"id": "a", "cells": [[NaN]]}', 'it is not JSON'],
    ['an object over several lines', '{', 'on a line of its own'],
    ['a line that is a list', '["a"]', 'an object'],
    ['no id', '{"cells": [["x"]]}', '"id" is missing'],
    ['an id that is none', '{"id": 1.5, "cells": [["x"]]}', '"id" is 1.5'],
    ['no cells', '{"id": "a", "cell": [["x"]]}', '"cells" is missing'],
    [
      'a plain list of captions',
      '{"id": "a", "cells": ["x", "y"]}',
      '"cells" is ["x","y"], not a list of rows',
    ],
    ['a grid without cells', '{"id": "a", "cells": [[]]}', '"cells" is [[]], not a list of rows'],
    [
      'rows of two lengths',
      '{"id": "a", "cells": [["x", "y"], ["x"]]}',
      'row 2 has 1 cells, and row 1 has 2',
    ],
    ['a cell that is no text', '{"id": "a", "cells": [["x", ["y"]]]}', 'row 1, column 2: ["y"] is neither'],
    [
      'two sizes',
      '{"id": "a", "cells": [["x"], ["y"]]}',
      'is 2 x 1 (height x width), and that of "b" on line 1',
    ],
  ])('are refused for %s, with the line', async (_, line, reason) => {
    await expect(openWith(['{"id": "b", "cells": [["a bear", null]]}', line])).rejects.toMatchObject({
      code: 'STRIATE_TABLE_MALFORMED',
      context: { line: 2, reason: expect.stringContaining(reason) as string },
    });
  });

  it('are refused for a file without any', async () => {
    await expect(openWith(['', ''])).rejects.toMatchObject({ code: 'STRIATE_TABLE_MALFORMED' });
  });

  it.each([
    ['a stimulus that stands twice', 'a', 'STRIATE_DUPLICATE_STIMULUS', { id: 'a', lines: [1, 2] }],
    ['an unknown stimulus', 'z', 'STRIATE_IDS_DIFFER', { onlyLeft: ['z'] }],
  ])('are refused for %s', async (_, id, code, context) => {
    const lines = ['a', id].map((each) => JSON.stringify({ id: each, cells: [['x']] }));
    await expect(openWith(lines)).rejects.toMatchObject({ code, context });
  });
});
