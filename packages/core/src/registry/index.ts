export { createRegistry, type Registry, type RegistryEntry, type RegistryOptions } from './registry.js';
