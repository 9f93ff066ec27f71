import type { RegexCompiler } from '../core/policy/condition.ts';

/** Patterns in RE2 syntax, which run in time proportional to the text whatever the pattern. Loaded only for policies. */
export async function loadLinearRegex(): Promise<RegexCompiler> {
  const { RE2JS } = await import('re2js');
  return (pattern) => {
    const compiled = RE2JS.compile(pattern);
    return (text) => compiled.test(text);
  };
}
