// Shows the OpenAPI document that the page names, in the colours the reader's system asks for.
const place = document.getElementById('reference')
const dark = matchMedia('(prefers-color-scheme: dark)')
const followColours = () => document.documentElement.classList.toggle('dark-mode', dark.matches)

followColours()
dark.addEventListener('change', followColours)
globalThis.SwaggerUIBundle({
  url: place.dataset.document,
  domNode: place,
  deepLinking: true,
  displayOperationId: true,
  // since when something is deprecated, and what to use instead
  showExtensions: true,
  defaultModelsExpandDepth: 0,
  // where no request can be answered none is offered; nothing is ever sent to anybody but the page's own server
  supportedSubmitMethods: place.dataset.requests === 'sent' ? ['get', 'put', 'post', 'delete', 'patch'] : [],
  validatorUrl: null,
})
