export { gradients } from './gradient.js';
export type { Rule, RuleContext, Rules } from './rule.js';
