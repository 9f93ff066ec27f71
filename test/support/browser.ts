/** A browser for tests: `BROWSER=node browser.js` visits the address and follows it wherever it leads. */
const [, , address = ''] = process.argv;
const response = await fetch(address);
process.exitCode = response.ok ? 0 : 1;
