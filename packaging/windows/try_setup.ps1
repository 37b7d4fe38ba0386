# Installs the built setup.exe silently, tries the installed program, removes it, and looks for what is left.
$ErrorActionPreference = 'Stop'
$setup = (Get-ChildItem dist\cardio-desktop-*-setup.exe | Select-Object -First 1).FullName
$place = Join-Path $env:LOCALAPPDATA 'Programs\Cardio Desktop'
$data = Join-Path $env:APPDATA 'CardioDesktop'

$done = Start-Process $setup -ArgumentList '/S' -Wait -PassThru
if ($done.ExitCode -ne 0) { throw "setup ended with $($done.ExitCode)" }
if (-not (Test-Path "$place\cardio-desktop.exe")) { throw "nothing was installed in $place" }
if (-not (Test-Path "$env:APPDATA\Microsoft\Windows\Start Menu\Programs\Cardio Desktop.lnk")) { throw 'no entry in the start menu' }
$kind = (Get-Item 'HKCU:\Software\Classes\.hea').GetValue('')
if ($kind -ne 'CardioDesktop.Recording') { throw ".hea is opened by '$kind'" }

New-Item -ItemType Directory -Force $data | Out-Null
Set-Content "$data\a reading" 'stays'
python packaging\smoke.py "$place\cardio-desktop-cli.exe"
if ($LASTEXITCODE -ne 0) { throw 'the installed program does not work' }

# The uninstaller copies itself away and returns at once, unless it is told where it is.
Start-Process "$place\uninstall.exe" -ArgumentList '/S', "_?=$place" -Wait
Remove-Item "$place\uninstall.exe" -ErrorAction SilentlyContinue
$left = Get-ChildItem $place -Recurse -ErrorAction SilentlyContinue
if ($left) { throw "left behind: $left" }
if (Test-Path 'HKCU:\Software\Classes\CardioDesktop.Recording') { throw 'its class is left in the registry' }
if (-not (Test-Path "$data\a reading")) { throw 'the readings went with the program' }
Write-Output 'The installer installs, works and goes; readings stay.'
