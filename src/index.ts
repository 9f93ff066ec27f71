/** The library. What is not exported here may change in any release. */
export type { Classification, Evidence } from './core/classification.ts';
export type { Overrides, WrittenVerdict } from './core/classify/override.ts';
export type { Explanation } from './core/explain/explanation.ts';
export type { Finding } from './core/finding.ts';
export type { CompiledPolicy } from './core/policy/compile-policy.ts';
export { type Call, type Decision, evaluate } from './core/policy/evaluate.ts';
export type { Policy, ToolRule } from './core/policy/policy.ts';
export { recommend } from './core/policy/recommend/recommend.ts';
export type { Problem, Report, ServerReport, Summary, Transport } from './core/report.ts';
export type { FileSpec, HttpSpec, ServerSpec, StdioSpec } from './core/server/server-spec.ts';
export type { UserErrorParts } from './core/user-error.ts';
export { UserError } from './core/user-error.ts';
export {
  CATEGORIES,
  type Category,
  CLASSES,
  EFFECTS,
  type Effect,
  RISKS,
  type Risk,
  type ToolClass,
} from './core/verdict.ts';
export { sourceOf as toolSource } from './io/tools/source-of.ts';
export type { ListOptions, ToolListing, ToolSource } from './io/tools/tool-source.ts';
export { classifyDocument as classify } from './workflows/classify-document.ts';
export { explainTarget as explain } from './workflows/explain-target.ts';
export type { JudgeOptions } from './workflows/knowledge-for.ts';
export { loadPolicy } from './workflows/load-policy.ts';
export { type ScanTargetsOptions as ScanOptions, scanTargets as scan, type Target } from './workflows/scan-targets.ts';
