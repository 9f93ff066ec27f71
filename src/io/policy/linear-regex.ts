import type { RegexCompiler } from '../../core/policy/condition.ts';

/** Patterns in RE2 syntax, which run in time proportional to the text whatever the pattern. Loaded only for policies. */
export async function loadLinearRegex(): Promise<RegexCompiler> {
  const { RE2JS } = await import('re2js');
  // A policy repeats its patterns, and is parsed, checked and compiled with the same ones.
  const compiled = new Map<string, (text: string) => boolean>();
  return (pattern) => {
    const known = compiled.get(pattern);
    if (known !== undefined) return known;
    const made = RE2JS.compile(pattern);
    const test = (text: string): boolean => made.test(text);
    compiled.set(pattern, test);
    return test;
  };
}
