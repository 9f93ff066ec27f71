/** Why a text is not what its name says. Quotes nothing of the text, which may be a secret. */
export class BrokenConfig extends Error {
  override readonly name = 'BrokenConfig';
}
