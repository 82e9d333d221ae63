{{- define "scoring.refuse.pools" -}}
{{- $scheduler := get .Values.flink "jobmanager.scheduler" | default (get (.Values.job.flink | default dict) "jobmanager.scheduler") | default "default" | lower }}
{{- $reactive := eq (get .Values.flink "scheduler-mode" | default "" | lower) "reactive" }}
{{- $adaptive := or (eq $scheduler "adaptive") $reactive }}
{{- $placement := .Values.job.placement | default dict }}
{{- if eq .Values.topology "pools" }}
{{- if $adaptive }}
The adaptive scheduler ignores which slots the inference asks for, so with topology: pools it would run on CPU TaskManagers. Leave flink.jobmanager.scheduler and scheduler-mode out.
{{- end }}
{{- if .Values.autoscaler.enabled }}
The autoscaler cannot size the GPU TaskManagers of topology: pools. Set autoscaler.enabled: false, or topology: homogeneous.
{{- end }}
{{- if and .Values.highAvailability.enabled (eq .Values.operator.version "1.15") }}
highAvailability with topology: pools is broken in operator 1.15, whose standalone mode does not start Flink 2 with it (FLINK-38795). Use operator 1.16, or set highAvailability.enabled: false.
{{- end }}
{{- if not .Values.gpu.enabled }}
topology: pools has GPU TaskManagers, but gpu.enabled is false. Set it to true, or topology: homogeneous.
{{- end }}
{{- if lt (int .Values.gpu.pool.slots) (int .Values.gpu.count) }}
gpu.count is {{ .Values.gpu.count }}, but gpu.pool.slots is {{ .Values.gpu.pool.slots }}: a GPU without a subtask is idle. Set gpu.pool.slots to {{ .Values.gpu.count }} or more.
{{- end }}
{{- $wanted := int (get $placement "parallelism" | default .Values.run.parallelism) }}
{{- $there := mul (int .Values.gpu.pool.replicas) (int .Values.gpu.pool.slots) }}
{{- if and (gt $wanted $there) (eq .Values.run.state "running") }}
The inference has {{ $wanted }} subtasks, but the GPU TaskManagers only {{ $there }} slots. Set gpu.pool.replicas and gpu.pool.slots so that they are enough, or a lower job.placement.parallelism.
{{- end }}
{{- $slots := mul (int .Values.taskManager.replicas) (int .Values.taskManager.slots) }}
{{- if gt (int .Values.run.parallelism) $slots }}
run.parallelism is {{ .Values.run.parallelism }}, but the CPU TaskManagers have only {{ $slots }} slots. Set taskManager.replicas and taskManager.slots so that they are enough.
{{- end }}
{{- range list "run-on" "gpu-resource" "gpu-amount" "cpu-label" "slot-sharing-group" "inference-slots" "other-slots" }}
{{- if hasKey $placement . }}
job.placement.{{ . }} is set, but with topology: pools the chart says where the inference runs. Leave it out.
{{- end }}
{{- end }}
{{- else }}
{{- with get $placement "cpu-label" }}
job.placement.cpu-label is {{ . }}, but with topology: homogeneous no TaskManager has that label, and the job would wait for one for ever. Leave it out, or set topology: pools, which gives it.
{{- end }}
{{- if ne (get $placement "gpu-resource" | default "gpu") "gpu" }}
job.placement.gpu-resource is {{ get $placement "gpu-resource" }}, but the TaskManagers of the chart advertise their GPUs by gpu, whatever gpu.resource is. Leave it out.
{{- end }}
{{- range $slots := list "inference-slots" "other-slots" }}
{{- $cpu := get (get $placement $slots | default dict) "cpu" | default 0 }}
{{- if gt (float64 (toString $cpu)) (float64 $.Values.taskManager.cpu) }}
job.placement.{{ $slots }}.cpu is {{ $cpu }}, but taskManager.cpu is {{ $.Values.taskManager.cpu }}, so no TaskManager has such a slot. Raise the second, or lower the first.
{{- end }}
{{- end }}
{{- if eq (get $placement "run-on" | default "cpu") "gpu" }}
{{- $one := .Values.taskManager }}
{{- $own := keys .Values.flink | join " " | regexMatch "(^| )taskmanager[.]memory[.]" }}
{{- $heap := include "scoring.memory.heap" (dict "memory" $one.memory "nativeMemory" $one.nativeMemory "managedFraction" $one.managedFraction) | int64 }}
{{- range $slots := list "inference-slots" "other-slots" }}
{{- $asked := get (get $placement $slots | default dict) "heap" | default "256 mb" }}
{{- if and (gt (include "scoring.memory.megabytes" $asked | int64) $heap) (not $own) }}
job.placement.{{ $slots }}.heap is {{ $asked }}, but taskManager.memory of {{ $one.memory }} leaves {{ $heap }} MB for the heap of tasks, so no TaskManager has such a slot. Raise the second, or lower the first.
{{- end }}
{{- end }}
{{- end }}
{{- if and $adaptive (eq (get $placement "run-on" | default "cpu") "gpu") }}
The adaptive scheduler ignores job.placement.run-on: gpu. Leave flink.jobmanager.scheduler and scheduler-mode out, or job.placement.
{{- end }}
{{- end }}
{{- end }}

{{- define "scoring.refuse.gpu" -}}
{{- $placed := or (eq .Values.topology "pools") (has (get (.Values.job.placement | default dict) "run-on") (list "gpu" "auto")) }}
{{- $device := get (.Values.job.inference | default dict) "device" | default (ternary "cuda" "cpu" (and $placed .Values.gpu.enabled)) }}
{{- if and .Values.gpu.enabled (eq $device "cpu") }}
gpu.enabled is true, but the model runs on the CPU. Set job.inference.device: cuda.
{{- else if and (not .Values.gpu.enabled) (regexMatch "^(cuda|tensorrt|rocm)(:|$)" $device) }}
job.inference.device is {{ $device }}, but gpu.enabled is false, so no TaskManager has one. Set gpu.enabled: true, or leave the device out.
{{- end }}
{{- if and .Values.gpu.enabled (regexMatch "^(tensorrt|rocm)(:|$)" $device) (not (or .Values.image.tag .Values.image.digest)) }}
job.inference.device is {{ $device }}, but the GPU image of the project's Dockerfile has CUDA only. Build one of your own with its libraries, and name that by image.tag or image.digest; or set cuda.
{{- end }}
{{- if and (not .Values.gpu.enabled) (has (get (.Values.job.placement | default dict) "run-on") (list "gpu")) }}
job.placement.run-on is gpu, but gpu.enabled is false. Set it to true, or leave run-on out.
{{- end }}
{{- if and (hasSuffix ".shared" .Values.gpu.resource) (gt (int .Values.gpu.count) 1) }}
gpu.count is {{ .Values.gpu.count }} of {{ .Values.gpu.resource }}: more shares of a GPU that is sliced by time are not more of it. Set gpu.count: 1.
{{- end }}
{{- if and .Values.gpu.enabled (contains "/mig-" .Values.gpu.resource) (gt (int .Values.gpu.count) 1) }}
gpu.count is {{ .Values.gpu.count }} of {{ .Values.gpu.resource }}, but a process of CUDA sees one slice of a GPU only. Set gpu.count: 1, and take more TaskManagers.
{{- end }}
{{- if and .Values.gpu.enabled (eq .Values.topology "homogeneous") (gt (int .Values.gpu.count) 1) }}
{{- if not $placed }}
gpu.count is {{ .Values.gpu.count }}, but all subtasks of a TaskManager use the first GPU. Set job.placement.run-on: auto, which spreads them, or gpu.count: 1.
{{- else if lt (int .Values.taskManager.slots) (int .Values.gpu.count) }}
gpu.count is {{ .Values.gpu.count }}, but taskManager.slots is {{ .Values.taskManager.slots }}: a GPU without a subtask is idle. Set taskManager.slots to {{ .Values.gpu.count }} or more.
{{- end }}
{{- end }}
{{- range $key := keys .Values.flink | sortAlpha }}
{{- if or (hasPrefix "external-resource" $key) }}
flink.{{ $key }} names a resource beside those of gpu, and a pod would ask for both. Use gpu.resource and gpu.count.
{{- end }}
{{- end }}
{{- range .Values.pod.containers }}
{{- if eq .name "flink-main-container" }}
pod.containers has flink-main-container, which the chart makes itself, GPU and all. Use taskManager, gpu, pod.env and pod.volumeMounts.
{{- end }}
{{- end }}
{{- end }}

{{- define "scoring.refuse.autoscaler" -}}
{{- if and .Values.autoscaler.enabled (ne .Values.topology "pools") }}
{{- if lt (int .Values.autoscaler.maxParallelism) (int .Values.run.parallelism) }}
autoscaler.maxParallelism is {{ .Values.autoscaler.maxParallelism }}, less than run.parallelism, {{ .Values.run.parallelism }}. Raise the first.
{{- end }}
{{- if eq .Values.run.upgradeMode "stateless" }}
autoscaler restarts the job, and with run.upgradeMode: stateless loses what is in flight each time. Set savepoint or last-state.
{{- end }}
{{- end }}
{{- end }}
