/** Why a server could not be reached over HTTP. One factory a situation. */
import { UserError } from '../../core/user-error.ts';

export const hostNotFound = (server: string, because: string): UserError =>
  new UserError({
    code: 'HOST_NOT_FOUND',
    message: `Could not find the host of the server "${server}".`,
    because,
    hint: 'Check the spelling of the URL and your network connection.',
  });

export const connectionRefused = (server: string, because: string): UserError =>
  new UserError({
    code: 'CONNECTION_REFUSED',
    message: `Nothing answers at the address of the server "${server}".`,
    because,
    hint: 'Check that the server is running, and the port.',
  });

export const certificateNotTrusted = (server: string, because: string): UserError =>
  new UserError({
    code: 'CERTIFICATE_NOT_TRUSTED',
    message: `Could not make a safe connection to the server "${server}".`,
    because,
    hint: 'Check that the URL says https:// where it should; for an authority of your own set NODE_EXTRA_CA_CERTS to its certificate.',
  });

export const connectionFailed = (server: string, because: string): UserError =>
  new UserError({
    code: 'CONNECTION_FAILED',
    message: `The connection to the server "${server}" failed.`,
    because,
    hint: 'Check the URL and your network connection, then try again.',
  });

export const signInNotOffered = (server: string): UserError =>
  new UserError({
    code: 'SIGN_IN_NOT_OFFERED',
    message: `The server "${server}" wants to know who asks.`,
    because: 'It answered with HTTP status 401, and offers no sign-in in a browser.',
    hint: 'Give a token it accepts in an environment variable with --token-env NAME, or as --header "Authorization: Bearer TOKEN".',
  });

export const accessDenied = (server: string, because: string): UserError =>
  new UserError({
    code: 'ACCESS_DENIED',
    message: `The server "${server}" denied access.`,
    because,
    hint: 'Check that the token in --token-env or --header, or the account you signed in with, may use this server.',
  });

export const endpointNotFound = (server: string, because: string): UserError =>
  new UserError({
    code: 'ENDPOINT_NOT_FOUND',
    message: `The server "${server}" has no MCP endpoint at this URL.`,
    because,
    hint: 'Check the path of the URL; it often ends in /mcp or /sse.',
  });

export const notAnMcpEndpoint = (server: string, because: string): UserError =>
  new UserError({
    code: 'NOT_AN_MCP_ENDPOINT',
    message: `What answers for the server "${server}" is not an MCP endpoint.`,
    because,
    hint: 'Check the path of the URL; it often ends in /mcp or /sse.',
  });

export const redirectedElsewhere = (server: string, because: string): UserError =>
  new UserError({
    code: 'REDIRECTED_ELSEWHERE',
    message: `The server "${server}" points to another place.`,
    because,
    hint: 'If you trust that place, give its URL as the target; headers are sent only to the host you name.',
  });

export const requestRefused = (server: string, because: string): UserError =>
  new UserError({
    code: 'REQUEST_REFUSED',
    message: `The server "${server}" refused the request.`,
    because,
    hint: 'Check the URL and the headers, and try again later if it is overloaded.',
  });

/** The value is not told: what cannot be sent as a header is still a secret. */
export const headerInvalid = (server: string, header: string): UserError =>
  new UserError({
    code: 'HEADER_INVALID',
    message: `The request to the server "${server}" cannot be made.`,
    because: `The header "${header}" has a name or value that HTTP does not allow.`,
    hint: 'Check it for line breaks and characters outside Latin-1, which a copied token may have picked up.',
  });
