/** What keeps a gateway from being set up. */
import { UserError } from '../../core/user-error.ts';

export const noServerToGuard = (because: string): UserError =>
  new UserError({
    code: 'NO_SERVER_TO_GUARD',
    message: 'There is no server to stand in front of.',
    because,
    hint: 'Give one: policylayer gateway --policy policy.json -- node server.js, a URL, npm:PACKAGE, or a name from policylayer.yaml.',
  });

export const noPolicyToEnforce = (because: string): UserError =>
  new UserError({
    code: 'NO_POLICY_TO_ENFORCE',
    message: 'There is no policy to enforce, so the server was not started.',
    because,
    hint: 'Name one with --policy FILE; "policylayer scan -o FILE" writes one.',
  });

export const listenAddressMalformed = (): UserError =>
  new UserError({
    code: 'LISTEN_ADDRESS_MALFORMED',
    message: 'Cannot tell where to listen.',
    because: '--listen is neither HOST:PORT nor a port.',
    hint: 'Write it as in --listen 127.0.0.1:7777, or --listen [::1]:7777.',
  });
