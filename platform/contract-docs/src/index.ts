export { docsSite, type Documented } from './docs-site.ts'
export { ViewerMissingError, type DocsFile, type DocsSite } from './docs-file.ts'
export { contentSecurityPolicy, generator } from './pages/page.ts'
