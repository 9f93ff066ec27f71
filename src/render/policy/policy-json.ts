/** Not line breaks: JSON has none inside of strings. */
const UNSEEN = /(?!\n)[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2028\u2029]/gu;

/** A policy as JSON that hides nothing from whoever reads it: characters that are not shown are escaped, and mean the same. */
export function policyJson(policy: object, space?: number): string {
  return JSON.stringify(policy, null, space).replace(UNSEEN, (character) =>
    Array.from(
      { length: character.length },
      (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
}
