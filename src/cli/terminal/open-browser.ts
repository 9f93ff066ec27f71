import { spawn } from 'node:child_process';

/** Starts the browser that BROWSER names, or the one of the system. False where none could be started. */
export async function openBrowser(address: string, { BROWSER }: NodeJS.ProcessEnv): Promise<boolean> {
  try {
    if (BROWSER === undefined || BROWSER === '') {
      const { default: open } = await import('open');
      const browser = await open(address);
      browser.on('error', () => {});
    } else await start(commandOf(BROWSER, address));
    return true;
  } catch {
    return false;
  }
}

/** BROWSER holds a command, and elsewhere a list of them: the first counts. No shell ever sees the address. */
function commandOf(browser: string, address: string): string[] {
  const [first = ''] = process.platform === 'win32' ? [browser] : browser.split(':');
  const words = first.split(/\s+/).filter((word) => word !== '');
  const isPlaced = words.some((word) => word.includes('%s'));
  return isPlaced ? words.map((word) => word.replaceAll('%s', () => address)) : [...words, address];
}

function start([command = '', ...args]: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const browser = spawn(command, args, { stdio: 'ignore', detached: true });
    browser.once('spawn', resolve);
    browser.once('error', reject);
    browser.unref();
  });
}
