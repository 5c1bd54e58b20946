export { createFeaturesBackend, type FeaturesOptions } from './features/features-backend.js';
export { decodeRgb, type RgbImage } from './images/decode.js';
export type { AddedNodes } from './model/added-nodes.js';
export { chooseBatchSize } from './model/batch-size.js';
export { goingAssertion } from './model/batches.js';
export type { NamedLayer } from './model/layers.js';
export { locateModel, nameModel, type LocatedModel, type LocateRequest } from './model/locate.js';
export { openPixels } from './model/open-pixels.js';
export { openNetwork, type NetworkDescription, type NetworkRequest } from './model/open-network.js';
export { readNetwork, readNetworkFile, type NetworkFile } from './model/network-file.js';
export { wireGraph, type Wiring } from './model/wiring.js';
export { readJson } from './model-card.js';
export { createOnnxBackend } from './onnx-backend.js';
export { ONNX_READERS, readModelsFolder, type OnnxOptions } from './options/onnx-options.js';
export { plugin } from './plugin.js';
export { openImageReaders, type ImageFiles } from './preprocessing/image-reader.js';
export { preprocessingOfFolder } from './preprocessing/folder.js';
export {
  describePreprocessing,
  type PartialPreprocessing,
  type Preprocessing,
} from './preprocessing/preprocessing.js';
export { PRESETS } from './preprocessing/presets.js';
