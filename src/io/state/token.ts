import { createHash, randomBytes } from 'node:crypto';

/** The prefix is for people and for programs that look for secrets in files; 256 random bits follow. */
export const newToken = (): string => `plt_${randomBytes(32).toString('base64url')}`;

/** Random tokens cannot be guessed from their hash, so that no slow hash is needed. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');

export const newId = (): string => randomBytes(5).toString('hex');

/** When a token was used last is kept no finer than this: otherwise every call would be one more write. */
export const LAST_USED_STEP_MS = 60_000;
