/** What is kept of a sign-in to one server. Secret as a whole. */
import { z } from 'zod';

/** A client that a person registered with the authorisation server beforehand. */
const ownClientSchema = z.object({
  /** An id, or the https address of a client metadata document. */
  id: z.string().min(1),
  secret: z.string().optional(),
  callbackPort: z.number().int().optional(),
});

/** What was registered or given, as the SDK stored it: it bears the authorisation server it is for. */
const clientSchema = z.looseObject({
  client_id: z.string(),
  client_secret: z.string().optional(),
  issuer: z.string(),
});

const tokensSchema = z.looseObject({
  access_token: z.string().min(1),
  token_type: z.string(),
  refresh_token: z.string().optional(),
  scope: z.string().optional(),
  issuer: z.string(),
});

export const signInRecordSchema = z.object({
  version: z.literal(1),
  /** Printable: without user, query and fragment. */
  server: z.string(),
  /** Where the server said who it is; undefined where that is at the usual place. */
  resourceMetadataUrl: z.string().optional(),
  ownClient: ownClientSchema.optional(),
  client: clientSchema,
  tokens: tokensSchema,
  /** Milliseconds since 1970; null where the server did not say. */
  expiresAt: z.number().nullable(),
});

export type OwnClient = z.infer<typeof ownClientSchema>;
export type SignInRecord = z.infer<typeof signInRecordSchema>;

/** A token that ends while a listing is under way is of no use. */
const MARGIN_MS = 30_000;

export function isExpired({ expiresAt }: SignInRecord, now: number): boolean {
  return expiresAt !== null && expiresAt - MARGIN_MS <= now;
}

/** When tokens that were handed out now end. */
export function endOf({ expires_in: seconds }: { readonly expires_in?: number | undefined }, now: number) {
  return seconds === undefined ? null : now + seconds * 1000;
}
