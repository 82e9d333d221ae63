{{/* Whether a key is one of a secret: those whose values Flink keeps out of its log, and keys of object stores. Not those of
     numbers of tokens, of names of secrets, or of places where one lies. */}}
{{- define "scoring.secret" -}}
{{- $key := lower . | replace "_" "-" -}}
{{- $is := regexMatch "password|secret|token([^is]|$)|api[.-]?key|service-key|auth-params|basic-auth|http-headers|jaas|(access|account)[.-]key|ssl[.]keystore[.]key" $key -}}
{{- $names := regexMatch "^kubernetes[.](secrets|env[.]secretkeyref)$|[.-](class|enabled|endpoint|file|location|path|type|url)$" $key -}}
{{- if and $is (not $names) -}}
yes
{{- end -}}
{{- end }}

{{/* Whether a value says where the secret is, ${env:NAME} and ${file:/path} to the job, $(NAME) to Kubernetes, or is a switch. */}}
{{- define "scoring.secret.reference" -}}
{{- if regexMatch "[$][{](env|file):[^}]+[}]|[$][(][A-Za-z_]|^(true|false)$" (toString .) -}}
yes
{{- end -}}
{{- end }}
