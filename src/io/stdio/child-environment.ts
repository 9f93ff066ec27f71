/** What the SDK's own stdio client hands on, and what a server needs to reach its vendor from a company network. */
const INHERITED =
  process.platform === 'win32'
    ? `APPDATA HOMEDRIVE HOMEPATH LOCALAPPDATA PATH PROCESSOR_ARCHITECTURE SYSTEMDRIVE SYSTEMROOT TEMP USERNAME
       USERPROFILE PROGRAMFILES`
    : 'HOME LOGNAME PATH SHELL TERM USER';
const NETWORK = `HTTP_PROXY HTTPS_PROXY NO_PROXY http_proxy https_proxy no_proxy
  NODE_EXTRA_CA_CERTS SSL_CERT_FILE SSL_CERT_DIR`;

/**
 * The environment a server is started with: a short list of ours, and what the user gave for it. Never all of ours:
 * the server is a stranger's program, and the shell it would inherit holds the user's keys for everything else.
 */
export function childEnvironment(
  given: Readonly<Record<string, string>>,
  ours: NodeJS.ProcessEnv,
): Record<string, string> {
  const inherited = `${INHERITED} ${NETWORK}`.split(/\s+/).flatMap((name) => {
    const value = ours[name];
    // A value that begins so is a shell function exported by bash, which some shells would execute.
    return value === undefined || value.startsWith('()') ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(inherited), ...given };
}
