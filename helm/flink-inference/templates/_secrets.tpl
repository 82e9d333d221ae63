{{/* Whether a key is one of a secret: those whose values Flink keeps out of its log, and keys of object stores. Not those of
     numbers of tokens, of names of secrets, or of places where one lies. */}}
{{- define "scoring.secret" -}}
{{- $key := lower . | replace "_" "-" -}}
{{- $is := regexMatch "password|secret|token([^is]|$)|api[.-]?key|service-key|auth-params|basic-auth|http-headers|jaas|(access|account)[.-]key([.-]|$)|storage-key|ssl[.]keystore[.]key|private[.-]key([.-]|$)|encryption[.-]key([.-]|$)" $key -}}
{{- $names := regexMatch "^kubernetes[.](secrets|env[.]secretkeyref)$|[.-](arn|audience|class|enabled|endpoint|file|length|location|name|path|provider|region|ttl|type|url)$|[.-](endpoint|file|type)[.][^.]+[.](blob|dfs)[.]" $key -}}
{{- if and $is (not $names) -}}
yes
{{- end -}}
{{- end }}

{{/* Whether a value of the job's file says where the secret is, names a key that the cloud keeps, or is a switch. */}}
{{- define "scoring.secret.reference" -}}
{{- if regexMatch "^([$][{](env|file):[^}]+[}]|arn:.*|true|false)$" (toString .) -}}
yes
{{- end -}}
{{- end }}

{{/* The same of a variable of a pod. */}}
{{- define "scoring.secret.variable" -}}
{{- if regexMatch "^[$][(][A-Za-z_][A-Za-z0-9_]*[)]$|^(arn:.*|true|false)$" (toString .) -}}
yes
{{- end -}}
{{- end }}
