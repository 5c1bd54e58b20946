export { fitPrincipalComponents, type PrincipalComponents, type PrincipalComponentsOptions } from './pca.js';
export { projectRows, type Projection } from './projection.js';
export { johnsonLindenstraussSize, sparseProjection, type SparseProjectionOptions } from './sparse.js';
