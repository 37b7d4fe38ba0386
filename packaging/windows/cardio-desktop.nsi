; Installs Cardio Desktop for one user, without an administrator: files, start menu, kinds of files, uninstaller.
; Built by packaging/windows_installer.py, on Windows around the frozen program, on Linux around a stand-in.
;   SOURCE   folder of the frozen program        OUTPUT   the installer
;   INCLUDES folder of version.nsh and kinds.nsh ICON     the program's icon
;   SIGN     command that signs a file, "%1" for its name (optional)
; Silent: cardio-desktop-setup.exe /S [/D=C:\path], and uninstall.exe /S.
Unicode true
!ifdef TARGET
  Target ${TARGET} ; amd64-unicode for a system without 32-bit programs; where NSIS has it
!endif
SetCompressor /SOLID lzma
!define CAPABILITIES "Software\CardioDesktop\Capabilities"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\CardioDesktop"
!include "LogicLib.nsh"
!include "FileFunc.nsh"
!include "MUI2.nsh"
!include "${INCLUDES}/version.nsh"
!include "${INCLUDES}/kinds.nsh"

Name "Cardio Desktop"
OutFile "${OUTPUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\Cardio Desktop"
InstallDirRegKey HKCU "${UNINSTALL}" "InstallLocation"
ManifestDPIAware true
VIProductVersion "${VERSION4}"
VIAddVersionKey "ProductName" "Cardio Desktop"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "Cardio Desktop setup"
VIAddVersionKey "CompanyName" "${PUBLISHER}"
VIAddVersionKey "LegalCopyright" "Apache License 2.0"
!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\cardio-desktop.exe"
!ifdef SIGN
  !finalize '${SIGN}'
  !uninstfinalize '${SIGN}'
!endif

!insertmacro MUI_PAGE_LICENSE "${LICENSE}"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "German"
LangString RUNNING ${LANG_ENGLISH} "Cardio Desktop is running; close it and try again."
LangString RUNNING ${LANG_GERMAN} "Cardio Desktop läuft noch; bitte schließen und erneut versuchen."
LangString FOREIGN ${LANG_ENGLISH} "This folder holds other files; choose an empty one or that of an earlier installation."
LangString FOREIGN ${LANG_GERMAN} "Dieser Ordner enthält andere Dateien; bitte einen leeren oder den einer früheren Installation wählen."

!macro StopIfRunning
  ; Windows lets nobody open a running program for writing.
  ${If} ${FileExists} "$INSTDIR\cardio-desktop.exe"
    ClearErrors
    FileOpen $0 "$INSTDIR\cardio-desktop.exe" a
    ${If} ${Errors}
      MessageBox MB_OK|MB_ICONEXCLAMATION "$(RUNNING)" /SD IDOK
      SetErrorLevel 3
      Abort
    ${EndIf}
    FileClose $0
  ${EndIf}
!macroend

Section "Install"
  !insertmacro StopIfRunning
  ; The uninstaller removes the whole folder _internal: it must be ours.
  ${If} ${FileExists} "$INSTDIR\*.*"
  ${AndIfNot} ${FileExists} "$INSTDIR\uninstall.exe"
    MessageBox MB_OK|MB_ICONEXCLAMATION "$(FOREIGN)" /SD IDOK
    SetErrorLevel 4
    Abort
  ${EndIf}
  RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  File /r "${SOURCE}/*"
  CreateShortcut "$SMPROGRAMS\Cardio Desktop.lnk" "$INSTDIR\cardio-desktop.exe"

  WriteRegStr HKCU "Software\Classes\${PROGRAM_ID}" "" "ECG recording"
  WriteRegStr HKCU "Software\Classes\${PROGRAM_ID}\DefaultIcon" "" "$INSTDIR\cardio-desktop.exe,0"
  WriteRegStr HKCU "Software\Classes\${PROGRAM_ID}\shell\open\command" "" '"$INSTDIR\cardio-desktop.exe" "%1"'
  WriteRegStr HKCU "${CAPABILITIES}" "ApplicationName" "Cardio Desktop"
  WriteRegStr HKCU "${CAPABILITIES}" "ApplicationDescription" "ECG reading room"
  WriteRegStr HKCU "Software\RegisteredApplications" "Cardio Desktop" "${CAPABILITIES}"
  !insertmacro RegisterKinds

  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "Cardio Desktop"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "${PUBLISHER}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\cardio-desktop.exe"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" $0
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd

Section "Uninstall"
  !insertmacro StopIfRunning
  ; Only what was installed: readings (%APPDATA%\CardioDesktop) and settings stay, and so does what is not ours here.
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\cardio-desktop.exe"
  Delete "$INSTDIR\cardio-desktop-cli.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\Cardio Desktop.lnk"
  !insertmacro ForgetKinds
  DeleteRegKey HKCU "Software\Classes\${PROGRAM_ID}"
  DeleteRegValue HKCU "Software\RegisteredApplications" "Cardio Desktop"
  DeleteRegKey HKCU "${CAPABILITIES}"
  DeleteRegKey /ifempty HKCU "Software\CardioDesktop"
  DeleteRegKey HKCU "${UNINSTALL}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd
