/** How a call is made. `load` makes requests that were written beforehand, faster than anybody answers. */
export type ClientName = 'load' | 'dispatch' | 'bytes' | 'ours' | 'link' | 'http-link' | 'http-batch-link' | 'fetch'
