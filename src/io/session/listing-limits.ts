/** What a server may send while it is listed: far beyond any real one, and little enough to do no harm here. */
export const MAX_PAGES = 10_000;
export const MAX_TOOLS = 100_000;
export const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;
export const MAX_LISTING_BYTES = 256 * 1024 * 1024;
/** Beyond the listing a server also sends notifications, log lines and the message that crosses the limit. */
export const MAX_RECEIVED_BYTES = MAX_LISTING_BYTES + MAX_MESSAGE_BYTES;
