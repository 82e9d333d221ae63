{{- define "scoring.model.volume" -}}
{{- with .Values.model }}
{{- if eq .source "pvc" }}
- name: model
  persistentVolumeClaim:
    claimName: {{ .pvc.claim | quote }}
    readOnly: true
{{- else if eq .source "oci" }}
- name: model
  image:
    reference: {{ .oci.reference | quote }}
    pullPolicy: {{ .oci.pullPolicy }}
{{- else if ne .source "none" }}
- name: model
  emptyDir:
    sizeLimit: {{ .sizeLimit }}
- name: no-token
  emptyDir:
    sizeLimit: 1Mi
{{- end }}
{{- end }}
{{- end }}

{{- define "scoring.model.mount" -}}
{{- with .Values.model }}
{{- if ne .source "none" }}
- name: model
  mountPath: {{ .path | quote }}
  readOnly: true
  {{- if and (eq .source "pvc") .pvc.subPath }}
  subPath: {{ .pvc.subPath | quote }}
  {{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- define "scoring.model.init" -}}
{{- $source := .Values.model.source }}
{{- if eq $source "image" }}
- name: model
  image: {{ .Values.model.image.reference | quote }}
  command: [cp, -R, {{ printf "%s/." .Values.model.image.path | quote }}, /target/]
  {{- include "scoring.model.init.rest" . | nindent 2 }}
{{- else if eq $source "download" }}
- name: model
  image: {{ include "scoring.image" . | quote }}
  imagePullPolicy: {{ .Values.image.pullPolicy }}
  command: [bash, -ec]
  args:
    - |
      # Read from the standard input, so that no list of processes shows the header.
      curl --fail --silent --show-error --location --retry 5 ${AUTHORIZATION:+--header @-} \
        --output /tmp/model.tar.gz "$MODEL_URL" <<<"Authorization: ${AUTHORIZATION:-}"
      echo "$MODEL_SHA256  /tmp/model.tar.gz" | sha256sum --check --strict
      tar --extract --gzip --no-same-owner --file /tmp/model.tar.gz --directory /target
  env:
    - name: MODEL_URL
      value: {{ .Values.model.download.url | quote }}
    - name: MODEL_SHA256
      value: {{ .Values.model.download.sha256 | quote }}
    {{- with .Values.model.download.headerSecret }}
    - name: AUTHORIZATION
      valueFrom:
        secretKeyRef:
          name: {{ . | quote }}
          key: authorization
    {{- end }}
  {{- include "scoring.model.init.rest" . | nindent 2 }}
{{- end }}
{{- with .Values.pod.initContainers }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "scoring.model.init.rest" -}}
securityContext:
  {{- include "scoring.security.container" . | nindent 2 }}
resources:
  requests: {cpu: 100m, memory: 128Mi}
  limits: {memory: 512Mi}
volumeMounts:
  - name: model
    mountPath: /target
  - name: tmp
    mountPath: /tmp
  # In place of the token, which Kubernetes then leaves out: an image of somebody else needs none.
  - name: no-token
    mountPath: /var/run/secrets/kubernetes.io/serviceaccount
    readOnly: true
{{- end }}
