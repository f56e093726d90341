'use strict';

// The viewer reads the contract from this server. No validator of another host is asked, and no key is kept.
SwaggerUIBundle({
  url: 'openapi.yaml',
  dom_id: '#contract',
  deepLinking: true,
  validatorUrl: null,
  persistAuthorization: false,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
});
