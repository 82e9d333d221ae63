{{/* The job's file. With pools the chart knows where the inference runs, so nobody says it twice. How many slots a
     TaskManager has follows from the label and from the shares of its GPUs, so its memory is not parcelled out too. The
     parallelism stands in the file, as the operator takes replicas times slots for it where replicas are told. */}}
{{- define "scoring.job" -}}
{{- $job := deepCopy .Values.job -}}
{{- if eq .Values.topology "pools" -}}
{{- $share := div (mul 10000 (int .Values.gpu.count)) (int .Values.gpu.pool.slots) -}}
{{- $placement := dict "run-on" "gpu" "gpu-resource" "gpu" "gpu-amount" (divf $share 10000) "cpu-label" "cpupool" -}}
{{- $small := dict "cpu" 0.1 "heap" "1 mb" -}}
{{- $_ := set $placement "inference-slots" $small -}}
{{- $_ := set $placement "other-slots" $small -}}
{{- $_ := set $job "placement" (merge $placement (default dict $job.placement)) -}}
{{- $_ := set $job "parallelism" .Values.run.parallelism -}}
{{- end -}}
{{- toYaml $job -}}
{{- end }}

{{/* Files that the job's file names and the JobManager reads, one a line: those of labels, of each task where there are several,
     and those of schemas. */}}
{{- define "scoring.job.files" -}}
{{- range regexFindAll "label-file\":\"[^\"]+" (toJson .Values.job.task) -1 }}
{{ trimPrefix "label-file\":\"" . }}
{{- end }}
{{- range get (.Values.job.source | default dict) "avro-schemas" | default list }}
{{ . }}
{{- end }}
{{- end }}
