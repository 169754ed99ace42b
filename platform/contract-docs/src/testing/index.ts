export { openBrowser, type OpenedPage, type TestBrowser } from './browser.ts'
