export { createResponseOptimizedBackend } from './backend.js';
export { CAPTION_CORE, IMAGE_CORE, type Block, type C8CoreOptions } from './c8/architecture.js';
export { blurPool, type BlurPoolOptions } from './c8/blur-pool.js';
export { createC8Core } from './c8/core.js';
export { groupFilters, liftingFilters, type FilterBank, type FilterSizes } from './c8/filters.js';
export { N_ROTATIONS, turnedHarmonics, type TurnedHarmonics } from './c8/harmonics.js';
export type { ResponseOptimizedOptions } from './options.js';
export { plugin } from './plugin.js';
