import { preprocessingFromHuggingFace } from './hugging-face.js';
import { readMetadataPreprocessing } from './metadata.js';
import { pixelWriter } from './pixels.js';
import { completePreprocessing, describePreprocessing, overlay } from './preprocessing.js';
import { PRESETS } from './presets.js';
import { readPreprocessing } from './read-preprocessing.js';

const at = { who: 'onnx', option: 'preprocessing' };
const nchw = { layout: 'nchw' } as const;

describe('readPreprocessing', () => {
  it('takes the name of a preset', () => {
    expect(readPreprocessing('imagenet', at)).toEqual(PRESETS.imagenet);
  });

  it('makes pairs and triples of single numbers', () => {
    expect(readPreprocessing({ size: 8, mean: 0.5 }, at)).toEqual({ size: [8, 8], mean: [0.5, 0.5, 0.5] });
  });

  it('leaves everything open that is left out', () => {
    expect(readPreprocessing(undefined, at)).toEqual({});
  });

  it.each([
    ['clip'],
    [{ preset: 'imagenet', scale: '0..255' }],
    [{ size: 8, resizeTo: [9, 10], resize: 'squash', mean: 0.5, sd: [1, 2, 3], layout: 'nhwc' }],
  ])('reads what it has read of %j to the same', (raw) => {
    const once = readPreprocessing(raw, at);
    expect(readPreprocessing(once, at)).toEqual(once);
  });

  it.each([
    ['imagenett', 'preprocessing', '"imagenet"'],
    [{ scal: '0..1' }, 'preprocessing.scal', '"scale"'],
    [{ interpolation: 'bilinaer' }, 'preprocessing.interpolation', '"bilinear"'],
    [{ size: [224] }, 'preprocessing.size', ''],
    [{ size: [224, 224, 3] }, 'preprocessing.size', ''],
    [{ mean: [0.5, null, 0.5] }, 'preprocessing.mean', ''],
    [{ sd: 0 }, 'preprocessing.sd', ''],
    [{ resize: 'shortest-side', resizeTo: [256, 256] }, 'preprocessing.resizeTo', ''],
  ])('refuses %j and names the option', (raw, option, hint) => {
    expect(() => readPreprocessing(raw, at)).toThrow(
      expect.objectContaining({
        code: 'STRIATE_INVALID_OPTION',
        context: expect.objectContaining({ option }) as unknown,
        hint: expect.stringContaining(hint) as unknown,
      }),
    );
  });
});

describe('overlay', () => {
  it('drops the length of the shorter side with the way of resizing that it belonged to', () => {
    expect(overlay(PRESETS.imagenet, { resize: 'squash' }).resizeTo).toBeUndefined();
  });

  it('drops mean and sd with the scale that they belonged to', () => {
    const { mean, sd } = overlay(PRESETS.imagenet, { scale: '0..255' });
    expect([mean, sd]).toEqual([undefined, undefined]);
  });
});

describe('completePreprocessing', () => {
  it('makes a whole of a preset and a layout', () => {
    expect(completePreprocessing([PRESETS.imagenet, nchw], 'net')).toEqual({
      ...PRESETS.imagenet,
      layout: 'nchw',
      channelOrder: 'rgb',
      cropRounding: 'half-even',
    });
  });

  it('asks for mean and sd of a scale that has no usual ones', () => {
    expect(() => completePreprocessing([PRESETS.imagenet, nchw, { scale: '0..255' }], 'net')).toThrow(
      expect.objectContaining({
        code: 'STRIATE_PREPROCESSING_UNKNOWN',
        context: { model: 'net', missing: ['mean', 'sd'] },
      }),
    );
  });

  it('refuses to crop more than there is', () => {
    const sources = [PRESETS.imagenet, nchw, { resizeTo: 200 }];
    expect(() => completePreprocessing(sources, 'net')).toThrow(
      expect.objectContaining({ code: 'STRIATE_INVALID_OPTION' }),
    );
  });
});

describe('readMetadataPreprocessing', () => {
  const read = (preprocess: string) =>
    readMetadataPreprocessing(new Map([['preprocess', preprocess]]), 'a.onnx');

  it('understands the line that model zoos write', () => {
    const line = 'RGB 224x192, x/255, (x-mean)/std, mean=[.485,.456,.406] std=[.229,.224,.225], NCHW';
    expect(read(line)).toEqual({
      channelOrder: 'rgb',
      size: [224, 192],
      layout: 'nchw',
      scale: '0..1',
      mean: [0.485, 0.456, 0.406],
      sd: [0.229, 0.224, 0.225],
    });
  });

  it('understands x / 127.5 - 1', () => {
    expect(read('RGB 224x224, x/127.5-1 (i.e. (x-127.5)/127.5), NCHW').scale).toBe('-1..1');
  });

  it('believes nothing of a line with a word that it does not understand', () => {
    expect(read('RGB 224x224, x/255, whitened, NCHW')).toEqual({});
  });

  it('reads our own JSON, and refuses wrong values in it', () => {
    expect(read('{"scale": "0..1"}')).toEqual({ scale: '0..1' });
    expect(() => read('{"scale": "0..2"}')).toThrow(
      expect.objectContaining({ code: 'STRIATE_INVALID_OPTION' }),
    );
  });
});

describe('preprocessingFromHuggingFace', () => {
  const range = { image_mean: [0.5, 0.5, 0.5], image_std: [0.25, 0.25, 0.25] };

  it("reads microsoft/resnet-50's dialect: the shorter side to 224 / 0.875, bicubic", () => {
    const config = {
      crop_pct: 0.875,
      do_normalize: true,
      do_resize: true,
      feature_extractor_type: 'ConvNextFeatureExtractor',
      resample: 3,
      size: 224,
      ...range,
    };
    expect(preprocessingFromHuggingFace(config, 'p.json')).toEqual({
      size: [224, 224],
      resize: 'shortest-side',
      resizeTo: 256,
      interpolation: 'bicubic',
      cropRounding: 'floor',
      channelOrder: 'rgb',
      scale: '0..1',
      mean: [0.5, 0.5, 0.5],
      sd: [0.25, 0.25, 0.25],
    });
  });

  it("reads CLIP's dialect: the shorter side, then a crop", () => {
    const config = {
      size: { shortest_edge: 224 },
      crop_size: { height: 224, width: 224 },
      resample: 3,
      ...range,
    };
    expect(preprocessingFromHuggingFace(config, 'p.json')).toMatchObject({
      size: [224, 224],
      resize: 'shortest-side',
      resizeTo: 224,
    });
  });

  it("reads ViT's dialect: squashed", () => {
    const config = { size: { height: 224, width: 192 }, resample: 2, ...range };
    expect(preprocessingFromHuggingFace(config, 'p.json')).toMatchObject({
      size: [224, 192],
      resize: 'squash',
      interpolation: 'bilinear',
    });
  });

  it.each([
    [{ size: 224, resample: 4, ...range }, 'resample'],
    [{ size: 224, rescale_factor: 0.5, ...range }, 'rescale_factor'],
    [{ size: { shortest_edge: 224 }, ...range }, 'crop_size'],
    [{ size: 224 }, 'image_mean'],
  ])('refuses %j', (config, key) => {
    expect(() => preprocessingFromHuggingFace(config, 'p.json')).toThrow(
      expect.objectContaining({
        code: 'STRIATE_PREPROCESSOR_CONFIG_UNREAD',
        context: expect.objectContaining({ reason: expect.stringContaining(key) as unknown }) as unknown,
      }),
    );
  });
});

describe('pixelWriter', () => {
  const image = { height: 1, width: 2, data: Uint8Array.of(0, 51, 255, 255, 102, 0) };
  const whole = completePreprocessing(
    [
      {
        size: [1, 2],
        resize: 'squash',
        interpolation: 'nearest',
        scale: '0..1',
        mean: [0, 0.5, 0],
        sd: [1, 2, 1],
      },
      nchw,
    ],
    'net',
  );
  const write = (preprocessing: typeof whole) => {
    const pixels = new Float32Array(7);
    pixelWriter(preprocessing)(image, pixels, 1);
    return Array.from(pixels, (value) => Number(value.toFixed(4)));
  };

  it('writes channel after channel', () => {
    expect(write(whole)).toEqual([0, 0, 1, -0.15, -0.05, 1, 0]);
  });

  it('writes pixel after pixel for channels last', () => {
    expect(write({ ...whole, layout: 'nhwc' })).toEqual([0, 0, -0.15, 1, 1, -0.05, 0]);
  });

  it('scales to -1..1', () => {
    expect(write({ ...whole, scale: '-1..1', mean: [0, 0, 0], sd: [1, 1, 1] })).toEqual([
      0, -1, 1, -0.6, -0.2, 1, -1,
    ]);
  });
});

describe('describePreprocessing', () => {
  it('says every value', () => {
    expect(describePreprocessing(completePreprocessing([PRESETS.imagenet, nchw], 'net'))).toBe(
      'RGB without colour management; shorter side resized to 256, central 224 x 224 pixels kept (bilinear, antialiased as in Pillow); values in 0..1, mean [0.485, 0.456, 0.406] subtracted, divided by [0.229, 0.224, 0.225]; channels rgb, nchw',
    );
  });
});
