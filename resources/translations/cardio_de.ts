<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
  <context>
    <name>cardio</name>
    <message>
      <source>&amp;About</source>
      <extracomment>cardio_desktop/ui/commands/help.py</extracomment>
      <translation>Ü&amp;ber</translation>
    </message>
    <message>
      <source>&amp;Add a beat</source>
      <extracomment>cardio_desktop/ui/commands/beats.py</extracomment>
      <translation>Schlag &amp;hinzufügen</translation>
    </message>
    <message>
      <source>&amp;Agree with the finding</source>
      <extracomment>cardio_desktop/ui/commands/reading.py</extracomment>
      <translation>Dem Befund &amp;zustimmen</translation>
    </message>
    <message>
      <source>&amp;Amplitude caliper</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>&amp;Amplitudenzirkel</translation>
    </message>
    <message>
      <source>&amp;Analyse again</source>
      <extracomment>cardio_desktop/ui/commands/file.py</extracomment>
      <translation>Erneut &amp;analysieren</translation>
    </message>
    <message>
      <source>&amp;As the theme</source>
      <extracomment>cardio_desktop/ui/commands/look.py</extracomment>
      <translation>Wie das &amp;Farbschema</translation>
    </message>
    <message>
      <source>&amp;Automatic gain</source>
      <extracomment>cardio_desktop/ui/commands/paper.py</extracomment>
      <translation>&amp;Automatische Verstärkung</translation>
    </message>
    <message>
      <source>&amp;Back</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>&amp;Zurück</translation>
    </message>
    <message>
      <source>&amp;Back a little</source>
      <extracomment>cardio_desktop/ui/commands/go.py</extracomment>
      <translation>Etwas &amp;zurück</translation>
    </message>
    <message>
      <source>&amp;Back to the detector's beats</source>
      <extracomment>cardio_desktop/ui/commands/beats.py</extracomment>
      <translation>&amp;Zurück zu den Schlägen des Detektors</translation>
    </message>
    <message>
      <source>&amp;Beats</source>
      <extracomment>cardio_desktop/ui/commands/menus.py</extracomment>
      <translation>&amp;Schläge</translation>
    </message>
    <message>
      <source>&amp;Beep at an alarm</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py, cardio_desktop/ui/live/live_window.py</extracomment>
      <translation>Bei Alarm &amp;piepen</translation>
    </message>
    <message>
      <source>&amp;Blue</source>
      <extracomment>cardio_desktop/ui/commands/look.py</extracomment>
      <translation>&amp;Blau</translation>
    </message>
    <message>
      <source>&amp;Chest leads at half the gain</source>
      <extracomment>cardio_desktop/ui/commands/paper.py</extracomment>
      <translation>&amp;Brustwandableitungen mit halber Verstärkung</translation>
    </message>
    <message>
      <source>&amp;Close</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>S&amp;chließen</translation>
    </message>
    <message>
      <source>&amp;Colours and letters</source>
      <extracomment>cardio_desktop/ui/commands/menus.py</extracomment>
      <translation>&amp;Farben und Schrift</translation>
    </message>
    <message>
      <source>&amp;Copy</source>
      <extracomment>cardio_desktop/ui/about.py</extracomment>
      <translation>&amp;Kopieren</translation>
    </message>
    <message>
      <source>&amp;Copy picture</source>
      <extracomment>cardio_desktop/ui/commands/file.py</extracomment>
      <translation>Bild &amp;kopieren</translation>
    </message>
    <message>
      <source>&amp;Dark</source>
      <extracomment>cardio_desktop/ui/commands/look.py</extracomment>
      <translation>&amp;Dunkel</translation>
    </message>
    <message>
      <source>&amp;Delete</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py, cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>&amp;Löschen</translation>
    </message>
    <message>
      <source>&amp;Disagree with the finding</source>
      <extracomment>cardio_desktop/ui/commands/reading.py</extracomment>
      <translation>Dem Befund &amp;widersprechen</translation>
    </message>
    <message>
      <source>&amp;Display filter</source>
      <extracomment>cardio_desktop/ui/commands/paper.py</extracomment>
      <translation>&amp;Anzeigefilter</translation>
    </message>
    <message>
      <source>&amp;Edit beats by mouse</source>
      <extracomment>cardio_desktop/ui/commands/beats.py</extracomment>
      <translation>Schläge mit der Maus &amp;bearbeiten</translation>
    </message>
    <message>
      <source>&amp;End and close</source>
      <extracomment>cardio_desktop/ui/live/live_closing.py</extracomment>
      <translation>&amp;Beenden und schließen</translation>
    </message>
    <message>
      <source>&amp;End of the record</source>
      <extracomment>cardio_desktop/ui/commands/go.py</extracomment>
      <translation>&amp;Ende der Aufzeichnung</translation>
    </message>
    <message>
      <source>&amp;End the recording</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>Aufzeichnung &amp;beenden</translation>
    </message>
    <message>
      <source>&amp;Evidence</source>
      <extracomment>cardio_desktop/ui/commands/menus.py</extracomment>
      <translation>&amp;Evidenz</translation>
    </message>
    <message>
      <source>&amp;Evidence of the network</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>&amp;Evidenz des Netzes</translation>
    </message>
    <message>
      <source>&amp;Evidence tools</source>
      <extracomment>cardio_desktop/ui/panels/docks.py</extracomment>
      <translation>E&amp;videnzwerkzeuge</translation>
    </message>
    <message>
      <source>&amp;Fainter colours</source>
      <extracomment>cardio_desktop/ui/commands/evidence.py</extracomment>
      <translation>&amp;Blassere Farben</translation>
    </message>
    <message>
      <source>&amp;Faster paper</source>
      <extracomment>cardio_desktop/ui/commands/paper.py, cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>S&amp;chnellerer Vorschub</translation>
    </message>
    <message>
      <source>&amp;File</source>
      <extracomment>cardio_desktop/ui/commands/menus.py</extracomment>
      <translation>&amp;Datei</translation>
    </message>
    <message>
      <source>&amp;Filter</source>
      <extracomment>cardio_desktop/ui/commands/menus.py</extracomment>
      <translation>Fi&amp;lter</translation>
    </message>
    <message>
      <source>&amp;Find in the worklist</source>
      <extracomment>cardio_desktop/ui/commands/worklist.py</extracomment>
      <translation>In der Arbeitsliste &amp;suchen</translation>
    </message>
    <message>
      <source>&amp;Follow</source>
      <extracomment>cardio_desktop/ui/live/follow_dialog.py</extracomment>
      <translation>&amp;Verfolgen</translation>
    </message>
    <message>
      <source>&amp;Freeze</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>&amp;Anhalten</translation>
    </message>
    <message>
      <source>&amp;Gain</source>
      <extracomment>cardio_desktop/ui/commands/menus.py</extracomment>
      <translation>Vers&amp;tärkung</translation>
    </message>
    <message>
      <source>&amp;Go</source>
      <extracomment>cardio_desktop/ui/commands/menus.py, cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>&amp;Gehe zu</translation>
    </message>
    <message>
      <source>&amp;Go on</source>
      <extracomment>cardio_desktop/ui/live/live_closing.py</extracomment>
      <translation>&amp;Weiter</translation>
    </message>
    <message>
      <source>&amp;Go on after signing</source>
      <extracomment>cardio_desktop/ui/commands/signing.py</extracomment>
      <translation>Nach dem Signieren weite&amp;rgehen</translation>
    </message>
    <message>
      <source>&amp;Grey</source>
      <extracomment>cardio_desktop/ui/commands/look.py</extracomment>
      <translation>&amp;Grau</translation>
    </message>
    <message>
      <source>&amp;Hand out results…</source>
      <extracomment>cardio_desktop/ui/commands/file.py</extracomment>
      <translation>Ergebnisse &amp;weitergeben…</translation>
    </message>
    <message>
      <source>&amp;Help</source>
      <extracomment>cardio_desktop/ui/commands/menus.py, cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>&amp;Hilfe</translation>
    </message>
    <message>
      <source>&amp;Insert a statement…</source>
      <extracomment>cardio_desktop/ui/commands/statements.py</extracomment>
      <translation>Aussage ein&amp;fügen…</translation>
    </message>
    <message>
      <source>&amp;Keep what is shown</source>
      <extracomment>cardio_desktop/ui/live/follow_dialog.py</extracomment>
      <translation>&amp;Aufheben, was gezeigt wird</translation>
    </message>
    <message>
      <source>&amp;Keys</source>
      <extracomment>cardio_desktop/ui/commands/help.py, cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>&amp;Tasten</translation>
    </message>
    <message>
      <source>&amp;Larger letters</source>
      <extracomment>cardio_desktop/ui/commands/look.py</extracomment>
      <translation>&amp;Größere Schrift</translation>
    </message>
    <message>
      <source>&amp;Larger waves</source>
      <extracomment>cardio_desktop/ui/commands/paper.py, cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>&amp;Höhere Kurven</translation>
    </message>
    <message>
      <source>&amp;Layout</source>
      <extracomment>cardio_desktop/ui/commands/menus.py</extracomment>
      <translation>A&amp;nordnung</translation>
    </message>
    <message>
      <source>&amp;Less bad minute back</source>
      <extracomment>cardio_desktop/ui/commands/long.py</extracomment>
      <translation>Zu&amp;r schlimmeren Minute zurück</translation>
    </message>
    <message>
      <source>&amp;Light</source>
      <extracomment>cardio_desktop/ui/commands/look.py</extracomment>
      <translation>&amp;Hell</translation>
    </message>
    <message>
      <source>&amp;March out</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>&amp;Marschzirkel</translation>
    </message>
    <message>
      <source>&amp;Mark as read</source>
      <extracomment>cardio_desktop/ui/commands/worklist.py</extracomment>
      <translation>Als &amp;gelesen markieren</translation>
    </message>
    <message>
      <source>&amp;Measure</source>
      <extracomment>cardio_desktop/ui/commands/menus.py, cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>&amp;Messen</translation>
    </message>
    <message>
      <source>&amp;Model card</source>
      <extracomment>cardio_desktop/ui/commands/help.py</extracomment>
      <translation>&amp;Modellkarte</translation>
    </message>
    <message>
      <source>&amp;Narrow worklist while reading</source>
      <extracomment>cardio_desktop/ui/commands/worklist.py</extracomment>
      <translation>Arbeitsliste beim Lesen &amp;schmal</translation>
    </message>
    <message>
      <source>&amp;Next beat</source>
      <extracomment>cardio_desktop/ui/commands/beats.py</extracomment>
      <translation>&amp;Nächster Schlag</translation>
    </message>
    <message>
      <source>&amp;Next class</source>
      <extracomment>cardio_desktop/ui/commands/evidence.py</extracomment>
      <translation>&amp;Nächste Klasse</translation>
    </message>
    <message>
      <source>&amp;Next page</source>
      <extracomment>cardio_desktop/ui/commands/go.py</extracomment>
      <translation>&amp;Nächste Seite</translation>
    </message>
    <message>
      <source>&amp;Next part</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>Nächster &amp;Teil</translation>
    </message>
    <message>
      <source>&amp;On a little</source>
      <extracomment>cardio_desktop/ui/commands/go.py</extracomment>
      <translation>Etwas &amp;weiter</translation>
    </message>
    <message>
      <source>&amp;Open the recording</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py, cardio_desktop/ui/live/live_window.py</extracomment>
      <translation>Aufzeichnung &amp;öffnen</translation>
    </message>
    <message>
      <source>&amp;Open…</source>
      <extracomment>cardio_desktop/ui/commands/file.py</extracomment>
      <translation>Ö&amp;ffnen…</translation>
    </message>
    <message>
      <source>&amp;Overview bar</source>
      <extracomment>cardio_desktop/ui/commands/long.py</extracomment>
      <translation>Ü&amp;bersichtsleiste</translation>
    </message>
    <message>
      <source>&amp;Panels</source>
      <extracomment>cardio_desktop/ui/commands/menus.py</extracomment>
      <translation>F&amp;elder</translation>
    </message>
    <message>
      <source>&amp;Paper</source>
      <extracomment>cardio_desktop/ui/commands/menus.py</extracomment>
      <translation>&amp;Papier</translation>
    </message>
    <message>
      <source>&amp;Previous beat</source>
      <extracomment>cardio_desktop/ui/commands/beats.py</extracomment>
      <translation>&amp;Voriger Schlag</translation>
    </message>
    <message>
      <source>&amp;Previous page</source>
      <extracomment>cardio_desktop/ui/commands/go.py</extracomment>
      <translation>&amp;Vorige Seite</translation>
    </message>
    <message>
      <source>&amp;Previous strongest place</source>
      <extracomment>cardio_desktop/ui/commands/evidence.py</extracomment>
      <translation>&amp;Vorige stärkste Stelle</translation>
    </message>
    <message>
      <source>&amp;Print report…</source>
      <extracomment>cardio_desktop/ui/commands/file.py</extracomment>
      <translation>Bericht &amp;drucken…</translation>
    </message>
    <message>
      <source>&amp;QT and QTc</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>&amp;QT und QTc</translation>
    </message>
    <message>
      <source>&amp;Quit</source>
      <extracomment>cardio_desktop/ui/commands/file.py</extracomment>
      <translation>B&amp;eenden</translation>
    </message>
    <message>
      <source>&amp;Reading</source>
      <extracomment>cardio_desktop/ui/commands/menus.py</extracomment>
      <translation>Be&amp;funden</translation>
    </message>
    <message>
      <source>&amp;Recording</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>&amp;Aufzeichnung</translation>
    </message>
    <message>
      <source>&amp;Red</source>
      <extracomment>cardio_desktop/ui/commands/look.py</extracomment>
      <translation>&amp;Rot</translation>
    </message>
    <message>
      <source>&amp;Redo</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>&amp;Wiederholen</translation>
    </message>
    <message>
      <source>&amp;Report a problem…</source>
      <extracomment>cardio_desktop/ui/commands/help.py</extracomment>
      <translation>Störung me&amp;lden…</translation>
    </message>
    <message>
      <source>&amp;Ruler</source>
      <extracomment>cardio_desktop/ui/paper/screen_dialog.py</extracomment>
      <translation>&amp;Lineal</translation>
    </message>
    <message>
      <source>&amp;Save ECG as…</source>
      <extracomment>cardio_desktop/ui/commands/file.py</extracomment>
      <translation>EKG speichern &amp;unter…</translation>
    </message>
    <message>
      <source>&amp;Save beats as WFDB annotations…</source>
      <extracomment>cardio_desktop/ui/commands/beats.py</extracomment>
      <translation>Schläge als WFDB-Annotationen &amp;speichern…</translation>
    </message>
    <message>
      <source>&amp;Scrolling paper</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>Laufendes Papie&amp;r</translation>
    </message>
    <message>
      <source>&amp;Search</source>
      <extracomment>cardio_desktop/ui/live/follow_dialog.py</extracomment>
      <translation>&amp;Suchen</translation>
    </message>
    <message>
      <source>&amp;Search a command…</source>
      <extracomment>cardio_desktop/ui/commands/help.py, cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>Befehl &amp;suchen…</translation>
    </message>
    <message>
      <source>&amp;Sign</source>
      <extracomment>cardio_desktop/ui/commands/signing.py</extracomment>
      <translation>&amp;Signieren</translation>
    </message>
    <message>
      <source>&amp;Smaller letters</source>
      <extracomment>cardio_desktop/ui/commands/look.py</extracomment>
      <translation>&amp;Kleinere Schrift</translation>
    </message>
    <message>
      <source>&amp;Speed</source>
      <extracomment>cardio_desktop/ui/commands/menus.py</extracomment>
      <translation>&amp;Vorschub</translation>
    </message>
    <message>
      <source>&amp;Start of the record</source>
      <extracomment>cardio_desktop/ui/commands/go.py</extracomment>
      <translation>&amp;Anfang der Aufzeichnung</translation>
    </message>
    <message>
      <source>&amp;Stronger colours</source>
      <extracomment>cardio_desktop/ui/commands/evidence.py</extracomment>
      <translation>&amp;Kräftigere Farben</translation>
    </message>
    <message>
      <source>&amp;Theme</source>
      <extracomment>cardio_desktop/ui/commands/menus.py</extracomment>
      <translation>&amp;Farbschema</translation>
    </message>
    <message>
      <source>&amp;Tiers in the worklist before reading</source>
      <extracomment>cardio_desktop/ui/commands/worklist.py</extracomment>
      <translation>S&amp;tufen in der Arbeitsliste vor dem Befunden</translation>
    </message>
    <message>
      <source>&amp;Time caliper</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>&amp;Zeitzirkel</translation>
    </message>
    <message>
      <source>&amp;True size</source>
      <extracomment>cardio_desktop/ui/commands/view.py</extracomment>
      <translation>&amp;Wahre Größe</translation>
    </message>
    <message>
      <source>&amp;Two columns</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>&amp;Zwei Spalten</translation>
    </message>
    <message>
      <source>&amp;Undo</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>&amp;Rückgängig</translation>
    </message>
    <message>
      <source>&amp;Usual letters</source>
      <extracomment>cardio_desktop/ui/commands/look.py</extracomment>
      <translation>&amp;Normale Schrift</translation>
    </message>
    <message>
      <source>&amp;View</source>
      <extracomment>cardio_desktop/ui/commands/menus.py, cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>&amp;Ansicht</translation>
    </message>
    <message>
      <source>&amp;Whole record</source>
      <extracomment>cardio_desktop/ui/commands/view.py</extracomment>
      <translation>Gan&amp;ze Aufzeichnung</translation>
    </message>
    <message>
      <source>&amp;Worklist</source>
      <extracomment>cardio_desktop/ui/commands/worklist.py</extracomment>
      <translation>&amp;Arbeitsliste</translation>
    </message>
    <message>
      <source>&amp;Worst minute</source>
      <extracomment>cardio_desktop/ui/commands/long.py</extracomment>
      <translation>Schl&amp;immste Minute</translation>
    </message>
    <message>
      <source>(from {time})</source>
      <extracomment>cardio_desktop/ui/paper/captions.py</extracomment>
      <translation>(ab {time})</translation>
    </message>
    <message>
      <source>(not calibrated)</source>
      <extracomment>cardio_desktop/ui/paper/captions.py</extracomment>
      <translation>(nicht kalibriert)</translation>
    </message>
    <message>
      <source>(time compressed)</source>
      <extracomment>cardio_desktop/ui/paper/captions.py</extracomment>
      <translation>(Zeit gestaucht)</translation>
    </message>
    <message>
      <source>(usual: {limits})</source>
      <extracomment>cardio_desktop/ui/panels/sections/strip.py</extracomment>
      <translation>(üblich: {limits})</translation>
    </message>
    <message>
      <source>({count} in all)</source>
      <extracomment>cardio_desktop/ui/critical_bar.py</extracomment>
      <translation>(insgesamt {count})</translation>
    </message>
    <message>
      <source>0.01 mV higher</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>0,01 mV höher</translation>
    </message>
    <message>
      <source>0.01 mV lower</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>0,01 mV tiefer</translation>
    </message>
    <message>
      <source>10 s</source>
      <extracomment>cardio_desktop/ui/lists/worklist_words.py</extracomment>
      <translation>10 s</translation>
    </message>
    <message>
      <source>12 × 1</source>
      <extracomment>fixed tables</extracomment>
      <translation>12 × 1</translation>
    </message>
    <message>
      <source>1:1</source>
      <extracomment>cardio_desktop/ui/toolbar.py</extracomment>
      <translation>1:1</translation>
    </message>
    <message>
      <source>3 × 4 + 3 rhythm strips</source>
      <extracomment>fixed tables</extracomment>
      <translation>3 × 4 + 3 Rhythmusstreifen</translation>
    </message>
    <message>
      <source>3 × 4 + rhythm strip</source>
      <extracomment>fixed tables</extracomment>
      <translation>3 × 4 + Rhythmusstreifen</translation>
    </message>
    <message>
      <source>6 × 2</source>
      <extracomment>fixed tables</extracomment>
      <translation>6 × 2</translation>
    </message>
    <message>
      <source>&lt;b&gt;Cardio Desktop {version}&lt;/b&gt;&lt;p&gt;An offline ECG reading room: true paper, a network that shows its evidence, a printable report. Nothing leaves this computer.&lt;/p&gt;&lt;p&gt;{disclaimer} It is not a medical device.&lt;/p&gt;&lt;p&gt;Apache License 2.0.&lt;/p&gt;</source>
      <extracomment>cardio_desktop/ui/about.py</extracomment>
      <translation>&lt;b&gt;Cardio Desktop {version}&lt;/b&gt;&lt;p&gt;Ein Befundungsplatz für EKGs ohne Netzverbindung: maßstäbliches Papier, ein Netz, das seine Evidenz zeigt, ein druckbarer Bericht. Nichts verlässt diesen Rechner.&lt;/p&gt;&lt;p&gt;{disclaimer} Es ist kein Medizinprodukt.&lt;/p&gt;&lt;p&gt;Apache License 2.0.&lt;/p&gt;</translation>
    </message>
    <message>
      <source>A PIN has {count} characters or more.</source>
      <extracomment>cardio_desktop/ui/sign_dialog.py</extracomment>
      <translation>Eine PIN hat {count} Zeichen oder mehr.</translation>
    </message>
    <message>
      <source>A fault of the program: {error}. What you see is unchanged.</source>
      <extracomment>cardio_desktop/ui/application.py</extracomment>
      <translation>Ein Programmfehler: {error}. Was Sie sehen, ist unverändert.</translation>
    </message>
    <message>
      <source>A file is written that you can look through and send yourself; the program sends nothing. It holds your words, versions, a few settings and the log, and no names, file names or folders.</source>
      <extracomment>cardio_desktop/ui/problem_dialog.py</extracomment>
      <translation>Es wird eine Datei geschrieben, die Sie ansehen und selbst versenden können; das Programm sendet nichts. Sie enthält Ihre Worte, Versionen, einige Einstellungen und die Logdatei, aber keine Namen, Dateinamen oder Ordner.</translation>
    </message>
    <message>
      <source>A signature needs a name.</source>
      <extracomment>cardio_desktop/ui/sign_dialog.py</extracomment>
      <translation>Eine Signatur braucht einen Namen.</translation>
    </message>
    <message>
      <source>A tenth of a &amp;millivolt lower</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>Ein Zehntel &amp;Millivolt nach unten</translation>
    </message>
    <message>
      <source>A tenth of a millivolt h&amp;igher</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>Ein Zehntel Milli&amp;volt nach oben</translation>
    </message>
    <message>
      <source>AHA</source>
      <extracomment>cardio_desktop/ui/statement_dialog.py</extracomment>
      <translation>AHA</translation>
    </message>
    <message>
      <source>About Cardio Desktop</source>
      <extracomment>cardio_desktop/ui/about.py, cardio_desktop/ui/commands/help.py</extracomment>
      <translation>Über Cardio Desktop</translation>
    </message>
    <message>
      <source>Acce&amp;pt the program's conclusion</source>
      <extracomment>cardio_desktop/ui/commands/signing.py</extracomment>
      <translation>Beurteilung des &amp;Programms übernehmen</translation>
    </message>
    <message>
      <source>Accept</source>
      <extracomment>cardio_desktop/ui/commands/signing.py</extracomment>
      <translation>Übernehmen</translation>
    </message>
    <message>
      <source>Accept a&amp;nd sign</source>
      <extracomment>cardio_desktop/ui/commands/signing.py</extracomment>
      <translation>Überne&amp;hmen und signieren</translation>
    </message>
    <message>
      <source>Accepted, not signed yet.</source>
      <extracomment>cardio_desktop/ui/commands/signing.py</extracomment>
      <translation>Übernommen, noch nicht signiert.</translation>
    </message>
    <message>
      <source>Acron&amp;yms…</source>
      <extracomment>cardio_desktop/ui/commands/statements.py</extracomment>
      <translation>Kürze&amp;l…</translation>
    </message>
    <message>
      <source>Acronym</source>
      <extracomment>cardio_desktop/ui/statement_dialog.py</extracomment>
      <translation>Kürzel</translation>
    </message>
    <message>
      <source>Acronyms</source>
      <extracomment>cardio_desktop/ui/statement_dialog.py</extracomment>
      <translation>Kürzel</translation>
    </message>
    <message>
      <source>Add</source>
      <extracomment>cardio_desktop/ui/statement_dialog.py</extracomment>
      <translation>Hinzufügen</translation>
    </message>
    <message>
      <source>Add a beat at the caliper, after the selected beat, or in the middle of the page</source>
      <extracomment>cardio_desktop/ui/commands/beats.py</extracomment>
      <translation>Einen Schlag am Zirkel, nach dem gewählten Schlag oder in der Seitenmitte hinzufügen</translation>
    </message>
    <message>
      <source>Add an addend&amp;um…</source>
      <extracomment>cardio_desktop/ui/commands/signing.py</extracomment>
      <translation>&amp;Nachtrag hinzufügen…</translation>
    </message>
    <message>
      <source>Add something to what was signed</source>
      <extracomment>cardio_desktop/ui/commands/signing.py</extracomment>
      <translation>Dem Signierten etwas hinzufügen</translation>
    </message>
    <message>
      <source>Add the open record without whom it is of (a trace can still be recognised)</source>
      <extracomment>cardio_desktop/ui/problem_dialog.py</extracomment>
      <translation>Die offene Aufzeichnung beifügen, ohne von wem sie ist (eine Kurve kann dennoch erkannt werden)</translation>
    </message>
    <message>
      <source>Addendum</source>
      <extracomment>cardio_desktop/ui/sign_dialog.py</extracomment>
      <translation>Nachtrag</translation>
    </message>
    <message>
      <source>Addendum ({who}, {time}): {text}</source>
      <extracomment>cardio_desktop/app/signed_words.py</extracomment>
      <translation>Nachtrag ({who}, {time}): {text}</translation>
    </message>
    <message>
      <source>Addendum…</source>
      <extracomment>cardio_desktop/ui/commands/signing.py</extracomment>
      <translation>Nachtrag…</translation>
    </message>
    <message>
      <source>After</source>
      <extracomment>cardio_desktop/ui/paper/comparison_print.py, cardio_desktop/ui/paper/comparison_window.py</extracomment>
      <translation>Nachher</translation>
    </message>
    <message>
      <source>After your edits of beats</source>
      <extracomment>cardio_desktop/ui/panels/sections/lists.py</extracomment>
      <translation>Nach Ihren Änderungen von Schlägen</translation>
    </message>
    <message>
      <source>After: {name}</source>
      <extracomment>cardio_desktop/ui/paper/comparison_print.py, cardio_desktop/ui/paper/comparison_window.py</extracomment>
      <translation>Nachher: {name}</translation>
    </message>
    <message>
      <source>Agree</source>
      <extracomment>cardio_desktop/ui/panels/sections/opinion.py</extracomment>
      <translation>Zustimmen</translation>
    </message>
    <message>
      <source>Agree with the finding in focus, else with the tier, or take that back</source>
      <extracomment>cardio_desktop/ui/commands/reading.py</extracomment>
      <translation>Dem Befund mit dem Fokus, sonst der Stufe, zustimmen oder das zurücknehmen</translation>
    </message>
    <message>
      <source>Alarms</source>
      <extracomment>cardio_desktop/ui/live/alarm_list.py, cardio_desktop/ui/live/live_window.py</extracomment>
      <translation>Alarme</translation>
    </message>
    <message>
      <source>All</source>
      <extracomment>cardio_desktop/ui/lists/filter_bar.py</extracomment>
      <translation>Alle</translation>
    </message>
    <message>
      <source>All analysed</source>
      <extracomment>cardio_desktop/ui/paper/overview_bar.py</extracomment>
      <translation>Alles analysiert</translation>
    </message>
    <message>
      <source>All files</source>
      <extracomment>cardio_desktop/ui/dialogs.py, cardio_desktop/ui/live/follow_dialog.py</extracomment>
      <translation>Alle Dateien</translation>
    </message>
    <message>
      <source>All leads</source>
      <extracomment>cardio_desktop/ui/panels/median_view.py</extracomment>
      <translation>Alle Ableitungen</translation>
    </message>
    <message>
      <source>All leads, or one of them large (a double click does the same)</source>
      <extracomment>cardio_desktop/ui/panels/median_view.py</extracomment>
      <translation>Alle Ableitungen oder eine davon groß (ein Doppelklick tut dasselbe)</translation>
    </message>
    <message>
      <source>All measurements</source>
      <extracomment>cardio_desktop/ui/panels/sections/measurements.py</extracomment>
      <translation>Alle Messwerte</translation>
    </message>
    <message>
      <source>All {count} files of the program are as they were shipped.</source>
      <extracomment>cardio_desktop/ui/about.py</extracomment>
      <translation>Alle {count} Dateien des Programms sind, wie sie ausgeliefert wurden.</translation>
    </message>
    <message>
      <source>Alt and the arrows move it, X chooses the other end, L another lead, Del deletes it.</source>
      <extracomment>cardio_desktop/app/caliper_work.py</extracomment>
      <translation>Alt und Pfeile bewegen ihn, X wählt das andere Ende, L eine andere Ableitung, Entf löscht ihn.</translation>
    </message>
    <message>
      <source>Amplitude caliper by mouse</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>Amplitudenzirkel mit der Maus</translation>
    </message>
    <message>
      <source>Analyse all</source>
      <extracomment>cardio_desktop/ui/paper/overview_bar.py</extracomment>
      <translation>Alles analysieren</translation>
    </message>
    <message>
      <source>Analyse the &amp;whole record</source>
      <extracomment>cardio_desktop/ui/commands/long.py</extracomment>
      <translation>&amp;Ganze Aufzeichnung analysieren</translation>
    </message>
    <message>
      <source>Analyse this pa&amp;ge</source>
      <extracomment>cardio_desktop/ui/commands/file.py</extracomment>
      <translation>Diese &amp;Seite analysieren</translation>
    </message>
    <message>
      <source>Analysing {file}</source>
      <extracomment>cardio_desktop/app/session.py</extracomment>
      <translation>{file} wird analysiert</translation>
    </message>
    <message>
      <source>Analysing. The trace can be read meanwhile.</source>
      <extracomment>cardio_desktop/ui/panels/findings_panel.py</extracomment>
      <translation>Analyse läuft. Die Kurve kann inzwischen befundet werden.</translation>
    </message>
    <message>
      <source>Another lead as rhythm strip</source>
      <extracomment>cardio_desktop/ui/commands/paper.py</extracomment>
      <translation>Eine andere Ableitung als Rhythmusstreifen</translation>
    </message>
    <message>
      <source>Another reader changed {what} of an ECG at the same time as you. Words of both are kept, of everything else what was said last; look at it again.</source>
      <extracomment>cardio_desktop/app/clinic_words.py</extracomment>
      <translation>Jemand anders hat zur selben Zeit wie Sie bei einem EKG geändert: {what}. Beider Worte bleiben erhalten, von allem anderen das zuletzt Gesagte; sehen Sie es noch einmal an.</translation>
    </message>
    <message>
      <source>Anterior infarction</source>
      <extracomment>cardio_desktop/ui/samples.py</extracomment>
      <translation>Vorderwandinfarkt</translation>
    </message>
    <message>
      <source>Any</source>
      <extracomment>cardio_desktop/ui/paper/overview_content.py</extracomment>
      <translation>Irgendeine</translation>
    </message>
    <message>
      <source>As the &amp;system</source>
      <extracomment>cardio_desktop/ui/commands/look.py</extracomment>
      <translation>Wie das &amp;System</translation>
    </message>
    <message>
      <source>As the program says</source>
      <extracomment>cardio_desktop/ui/panels/holter_shapes.py</extracomment>
      <translation>Wie das Programm sagt</translation>
    </message>
    <message>
      <source>As the system</source>
      <extracomment>cardio_desktop/ui/commands/help.py</extracomment>
      <translation>Wie das System</translation>
    </message>
    <message>
      <source>Ask me for a new PIN from now on</source>
      <extracomment>cardio_desktop/ui/sign_dialog.py</extracomment>
      <translation>Mich ab jetzt nach einer neuen PIN fragen</translation>
    </message>
    <message>
      <source>Audit &amp;trail…</source>
      <extracomment>cardio_desktop/ui/commands/help.py</extracomment>
      <translation>Prü&amp;fspur…</translation>
    </message>
    <message>
      <source>Audit trail</source>
      <extracomment>cardio_desktop/ui/commands/audit_view.py</extracomment>
      <translation>Prüfspur</translation>
    </message>
    <message>
      <source>Axes P / QRS / T</source>
      <extracomment>cardio_desktop/ui/panels/sections/strip.py</extracomment>
      <translation>Achsen P / QRS / T</translation>
    </message>
    <message>
      <source>Back</source>
      <extracomment>cardio_desktop/ui/manual_window.py</extracomment>
      <translation>Zurück</translation>
    </message>
    <message>
      <source>Back to the paper's own speed</source>
      <extracomment>cardio_desktop/ui/commands/view.py</extracomment>
      <translation>Zurück zum Vorschub des Papiers</translation>
    </message>
    <message>
      <source>Bank &amp;card</source>
      <extracomment>cardio_desktop/ui/paper/screen_dialog.py</extracomment>
      <translation>Bank&amp;karte</translation>
    </message>
    <message>
      <source>Beat added at {time} s; press Y for its type.</source>
      <extracomment>cardio_desktop/app/beat_work.py</extracomment>
      <translation>Schlag bei {time} s hinzugefügt; Y ändert seinen Typ.</translation>
    </message>
    <message>
      <source>Beat at {time} s: {kind}</source>
      <extracomment>cardio_desktop/app/beat_work.py</extracomment>
      <translation>Schlag bei {time} s: {kind}</translation>
    </message>
    <message>
      <source>Beat {number} of {total} at {time} s: {kind}</source>
      <extracomment>cardio_desktop/app/beat_work.py</extracomment>
      <translation>Schlag {number} von {total} bei {time} s: {kind}</translation>
    </message>
    <message>
      <source>Beat {number}, {time} s: {evidence} logit for {name}, strongest in {lead}</source>
      <extracomment>cardio_desktop/ui/panels/beat_strip.py</extracomment>
      <translation>Schlag {number}, {time} s: {evidence} Logit für {name}, am stärksten in {lead}</translation>
    </message>
    <message>
      <source>Beat {number}, {time} s: {what}</source>
      <extracomment>cardio_desktop/ui/panels/sections/words.py</extracomment>
      <translation>Schlag {number}, {time} s: {what}</translation>
    </message>
    <message>
      <source>Beats</source>
      <extracomment>cardio_desktop/ui/panels/holter_shapes.py</extracomment>
      <translation>Schläge</translation>
    </message>
    <message>
      <source>Beats with network evidence</source>
      <extracomment>cardio_desktop/ui/panels/sections/lists.py</extracomment>
      <translation>Schläge mit Netz-Evidenz</translation>
    </message>
    <message>
      <source>Before</source>
      <extracomment>cardio_desktop/ui/lists/worklist_words.py, cardio_desktop/ui/paper/comparison_print.py, cardio_desktop/ui/paper/comparison_window.py</extracomment>
      <translation>Vorher</translation>
    </message>
    <message>
      <source>Before: {name}</source>
      <extracomment>cardio_desktop/ui/paper/comparison_print.py, cardio_desktop/ui/paper/comparison_window.py</extracomment>
      <translation>Vorher: {name}</translation>
    </message>
    <message>
      <source>Being analysed…</source>
      <extracomment>cardio_desktop/ui/paper/comparison_window.py, cardio_desktop/ui/paper/comparison_words.py</extracomment>
      <translation>Wird analysiert…</translation>
    </message>
    <message>
      <source>Black on &amp;white</source>
      <extracomment>cardio_desktop/ui/commands/look.py</extracomment>
      <translation>&amp;Schwarz auf Weiß</translation>
    </message>
    <message>
      <source>Bold: more than {sure} standard deviations of both measurements together. Intervals have the error found against the references of LUDB and the scatter of their own beats; the axis {axis}° and the rate at least {rate}/min (halves of 400 recordings of PTB-XL); ST counts from {step} mV, T where it has turned over, in the sentence by {turn} mV. Electrodes placed otherwise can change axis and voltages by more.</source>
      <extracomment>cardio_desktop/ui/paper/comparison_words.py</extracomment>
      <translation>Fett: mehr als {sure} Standardabweichungen beider Messungen zusammen. Intervalle haben den Fehler, der gegen die Referenzen der LUDB gefunden wurde, und die Streuung ihrer eigenen Schläge; die Achse {axis}° und die Frequenz mindestens {rate}/min (Hälften von 400 Aufzeichnungen aus PTB-XL); ST zählt ab {step} mV, T, wo es sich umgekehrt hat, im Satz um {turn} mV. Anders gesetzte Elektroden können Achse und Spannungen stärker ändern.</translation>
    </message>
    <message>
      <source>Both ECGs on paper, in the same layout and scale (S changes)</source>
      <extracomment>cardio_desktop/ui/paper/comparison_window.py</extracomment>
      <translation>Beide EKGs auf Papier, in gleicher Anordnung und gleichem Maßstab (S wechselt)</translation>
    </message>
    <message>
      <source>Both are the same file.</source>
      <extracomment>cardio_desktop/app/comparison.py</extracomment>
      <translation>Beide sind dieselbe Datei.</translation>
    </message>
    <message>
      <source>Both by mouse</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>Beide mit der Maus</translation>
    </message>
    <message>
      <source>By mou&amp;se</source>
      <extracomment>cardio_desktop/ui/commands/menus.py</extracomment>
      <translation>Mit der Mau&amp;s</translation>
    </message>
    <message>
      <source>Cabrera 12 × 1</source>
      <extracomment>fixed tables</extracomment>
      <translation>Cabrera 12 × 1</translation>
    </message>
    <message>
      <source>Cabrera 3 × 4 + 3 rhythm strips</source>
      <extracomment>fixed tables</extracomment>
      <translation>Cabrera 3 × 4 + 3 Rhythmusstreifen</translation>
    </message>
    <message>
      <source>Cabrera 3 × 4 + rhythm strip</source>
      <extracomment>fixed tables</extracomment>
      <translation>Cabrera 3 × 4 + Rhythmusstreifen</translation>
    </message>
    <message>
      <source>Cabrera 6 × 2</source>
      <extracomment>fixed tables</extracomment>
      <translation>Cabrera 6 × 2</translation>
    </message>
    <message>
      <source>Calipers</source>
      <extracomment>cardio_desktop/ui/toolbar.py</extracomment>
      <translation>Zirkel</translation>
    </message>
    <message>
      <source>Calipers and beats by mouse</source>
      <extracomment>cardio_desktop/ui/toolbar.py</extracomment>
      <translation>Zirkel und Schläge mit der Maus</translation>
    </message>
    <message>
      <source>Calipers copied as text: {number}</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>Als Text kopierte Zirkel: {number}</translation>
    </message>
    <message>
      <source>Cancel</source>
      <extracomment>cardio_desktop/ui/commands/file.py, cardio_desktop/ui/commands/writing.py</extracomment>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>Change</source>
      <extracomment>cardio_desktop/ui/paper/comparison_print.py, cardio_desktop/ui/paper/comparison_window.py</extracomment>
      <translation>Änderung</translation>
    </message>
    <message>
      <source>Choose a folder, or do not keep the recording.</source>
      <extracomment>cardio_desktop/ui/live/follow_dialog.py</extracomment>
      <translation>Wählen Sie einen Ordner, oder heben Sie die Aufzeichnung nicht auf.</translation>
    </message>
    <message>
      <source>Choose what the keys move: beginning, end, lines or the whole caliper</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>Wählen, was die Tasten bewegen: Anfang, Ende, Linien oder den ganzen Zirkel</translation>
    </message>
    <message>
      <source>Choose…</source>
      <extracomment>cardio_desktop/ui/commands/writing.py, cardio_desktop/ui/dialogs.py, cardio_desktop/ui/live/follow_dialog.py</extracomment>
      <translation>Auswählen…</translation>
    </message>
    <message>
      <source>Class probabilities</source>
      <extracomment>cardio_desktop/ui/panels/class_bars.py</extracomment>
      <translation>Wahrscheinlichkeiten der Klassen</translation>
    </message>
    <message>
      <source>Click on the paper to add beats, drag to move them</source>
      <extracomment>cardio_desktop/ui/commands/beats.py</extracomment>
      <translation>Klicken fügt Schläge hinzu, Ziehen verschiebt sie</translation>
    </message>
    <message>
      <source>Click to add a beat or select one, drag to move it; Y for its type, Del to delete it, Esc to stop.</source>
      <extracomment>cardio_desktop/ui/marks_desk.py</extracomment>
      <translation>Klicken fügt einen Schlag hinzu oder wählt ihn, Ziehen verschiebt; Y ändert den Typ, Entf löscht, Esc beendet.</translation>
    </message>
    <message>
      <source>Click to freeze the page there</source>
      <extracomment>cardio_desktop/ui/live/alarm_list.py</extracomment>
      <translation>Klicken hält die Seite dort an</translation>
    </message>
    <message>
      <source>Click to go to the place; ! goes from one to the next</source>
      <extracomment>cardio_desktop/ui/critical_bar.py</extracomment>
      <translation>Klick führt zur Stelle; ! geht von einem zum nächsten</translation>
    </message>
    <message>
      <source>Click to see on the paper what it rests on ({count} marks)</source>
      <extracomment>cardio_desktop/ui/panels/sections/lists.py</extracomment>
      <translation>Klick zeigt auf dem Papier, worauf es beruht ({count} Markierungen)</translation>
    </message>
    <message>
      <source>Close</source>
      <extracomment>cardio_desktop/ui/message_bar.py, cardio_desktop/ui/paper/notice.py</extracomment>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>Close the window</source>
      <extracomment>cardio_desktop/ui/commands/file.py, cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>Das Fenster schließen</translation>
    </message>
    <message>
      <source>Co&amp;mment on the finding…</source>
      <extracomment>cardio_desktop/ui/commands/reading.py</extracomment>
      <translation>Den Befund &amp;kommentieren…</translation>
    </message>
    <message>
      <source>Co&amp;mpare with…</source>
      <extracomment>cardio_desktop/ui/commands/comparison.py</extracomment>
      <translation>&amp;Vergleichen mit…</translation>
    </message>
    <message>
      <source>Code</source>
      <extracomment>cardio_desktop/ui/statement_dialog.py</extracomment>
      <translation>Code</translation>
    </message>
    <message>
      <source>Colour of the paper: {paper}</source>
      <extracomment>cardio_desktop/ui/commands/look.py</extracomment>
      <translation>Farbe des Papiers: {paper}</translation>
    </message>
    <message>
      <source>Colours</source>
      <extracomment>cardio_desktop/ui/panels/evidence_panel.py</extracomment>
      <translation>Farben</translation>
    </message>
    <message>
      <source>Command</source>
      <extracomment>cardio_desktop/ui/commands/palette.py</extracomment>
      <translation>Befehl</translation>
    </message>
    <message>
      <source>Commands</source>
      <extracomment>cardio_desktop/ui/commands/palette.py</extracomment>
      <translation>Befehle</translation>
    </message>
    <message>
      <source>Comment</source>
      <extracomment>cardio_desktop/ui/panels/sections/opinion.py</extracomment>
      <translation>Kommentar</translation>
    </message>
    <message>
      <source>Compare with an ECG</source>
      <extracomment>cardio_desktop/ui/paper/comparison_place.py</extracomment>
      <translation>Mit einem EKG vergleichen</translation>
    </message>
    <message>
      <source>Compare with the ECG of {prior}</source>
      <extracomment>cardio_desktop/ui/lists/priors_strip.py</extracomment>
      <translation>Mit dem EKG vom {prior} vergleichen</translation>
    </message>
    <message>
      <source>Compare with the latest earlier ECG of the same patient, one above the other</source>
      <extracomment>cardio_desktop/ui/commands/comparison.py</extracomment>
      <translation>Mit dem letzten früheren EKG desselben Patienten vergleichen, untereinander</translation>
    </message>
    <message>
      <source>Compare with the next newer of the earlier ECGs (Page down)</source>
      <extracomment>cardio_desktop/ui/paper/comparison_window.py</extracomment>
      <translation>Mit dem nächstneueren der früheren EKGs vergleichen (Bild ab)</translation>
    </message>
    <message>
      <source>Compare with the next older ECG of this patient (Page up)</source>
      <extracomment>cardio_desktop/ui/paper/comparison_window.py</extracomment>
      <translation>Mit dem nächstälteren EKG dieses Patienten vergleichen (Bild auf)</translation>
    </message>
    <message>
      <source>Compare with the pre&amp;vious ECG of this patient</source>
      <extracomment>cardio_desktop/ui/commands/comparison.py</extracomment>
      <translation>Mit dem vorigen EKG dieses Patie&amp;nten vergleichen</translation>
    </message>
    <message>
      <source>Compare with this ECG</source>
      <extracomment>cardio_desktop/ui/lists/priors_strip.py</extracomment>
      <translation>Mit diesem EKG vergleichen</translation>
    </message>
    <message>
      <source>Comparison - Cardio Desktop</source>
      <extracomment>cardio_desktop/ui/paper/comparison_window.py</extracomment>
      <translation>Vergleich - Cardio Desktop</translation>
    </message>
    <message>
      <source>Comparison of two ECGs</source>
      <extracomment>cardio_desktop/ui/paper/comparison_print.py</extracomment>
      <translation>Vergleich zweier EKGs</translation>
    </message>
    <message>
      <source>Computer</source>
      <extracomment>cardio_desktop/ui/commands/audit_view.py</extracomment>
      <translation>Rechner</translation>
    </message>
    <message>
      <source>Computers</source>
      <extracomment>cardio_desktop/ui/live/follow_dialog.py</extracomment>
      <translation>Rechner</translation>
    </message>
    <message>
      <source>Computing the evidence…</source>
      <extracomment>cardio_desktop/ui/panels/evidence_panel.py</extracomment>
      <translation>Evidenz wird berechnet…</translation>
    </message>
    <message>
      <source>Conclusion</source>
      <extracomment>cardio_desktop/ui/lists/worklist_words.py</extracomment>
      <translation>Befund</translation>
    </message>
    <message>
      <source>Constant {bias} + evidence {evidence} = score {logit} (logits)</source>
      <extracomment>cardio_desktop/ui/panels/sections/words.py</extracomment>
      <translation>Konstante {bias} + Evidenz {evidence} = Wert {logit} (Logits)</translation>
    </message>
    <message>
      <source>Contents</source>
      <extracomment>cardio_desktop/ui/manual_window.py</extracomment>
      <translation>Inhalt</translation>
    </message>
    <message>
      <source>Copy &amp;calipers as text</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>Zirkel als Text &amp;kopieren</translation>
    </message>
    <message>
      <source>Copy the paper as a picture</source>
      <extracomment>cardio_desktop/ui/commands/file.py</extracomment>
      <translation>Das Papier als Bild kopieren</translation>
    </message>
    <message>
      <source>Copy the readings of the selected caliper, or of all</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>Die Werte des gewählten Zirkels oder aller kopieren</translation>
    </message>
    <message>
      <source>Correct QT by the interval before its beat, or by the mean of the record</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>QT mit dem Intervall vor dem Schlag oder mit dem Mittel der Aufzeichnung korrigieren</translation>
    </message>
    <message>
      <source>Counted as</source>
      <extracomment>cardio_desktop/ui/panels/holter_window.py</extracomment>
      <translation>Gezählt als</translation>
    </message>
    <message>
      <source>Critical</source>
      <extracomment>cardio_desktop/ui/lists/filter_bar.py, cardio_desktop/ui/lists/worklist_words.py</extracomment>
      <translation>Kritisch</translation>
    </message>
    <message>
      <source>Critical findings</source>
      <extracomment>cardio_desktop/ui/critical_bar.py</extracomment>
      <translation>Kritische Befunde</translation>
    </message>
    <message>
      <source>Critical:</source>
      <extracomment>cardio_desktop/ui/critical_bar.py, cardio_desktop/ui/lists/worklist_words.py</extracomment>
      <translation>Kritisch:</translation>
    </message>
    <message>
      <source>Ctrl+Return</source>
      <extracomment>cardio_desktop/ui/sign_dialog.py</extracomment>
      <translation>Strg+Enter</translation>
    </message>
    <message>
      <source>Details</source>
      <extracomment>cardio_desktop/ui/commands/audit_view.py</extracomment>
      <translation>Einzelheiten</translation>
    </message>
    <message>
      <source>Disagree</source>
      <extracomment>cardio_desktop/ui/panels/sections/opinion.py</extracomment>
      <translation>Widersprechen</translation>
    </message>
    <message>
      <source>Disagree with the finding in focus, else with the tier, or take that back</source>
      <extracomment>cardio_desktop/ui/commands/reading.py</extracomment>
      <translation>Dem Befund mit dem Fokus, sonst der Stufe, widersprechen oder das zurücknehmen</translation>
    </message>
    <message>
      <source>Display filter</source>
      <extracomment>cardio_desktop/ui/toolbar.py</extracomment>
      <translation>Anzeigefilter</translation>
    </message>
    <message>
      <source>Do again what was taken back</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>Zurückgenommenes wiederholen</translation>
    </message>
    <message>
      <source>Done</source>
      <extracomment>cardio_desktop/ui/panels/sections/opinion.py</extracomment>
      <translation>Fertig</translation>
    </message>
    <message>
      <source>Done again: {step}</source>
      <extracomment>cardio_desktop/app/marks.py</extracomment>
      <translation>Wiederholt: {step}</translation>
    </message>
    <message>
      <source>Drag from QRS onset to T offset, or click on both; Esc to stop.</source>
      <extracomment>cardio_desktop/ui/marks_desk.py</extracomment>
      <translation>Von QRS-Beginn bis T-Ende ziehen oder beide anklicken; Esc beendet.</translation>
    </message>
    <message>
      <source>Drag on the paper, or click twice: {what}</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>Auf dem Papier ziehen oder zweimal klicken: {what}</translation>
    </message>
    <message>
      <source>Drag on the paper, or click twice; with Shift for several; Esc to stop.</source>
      <extracomment>cardio_desktop/ui/marks_desk.py</extracomment>
      <translation>Auf dem Papier ziehen oder zweimal klicken; mit Umschalt mehrere; Esc beendet.</translation>
    </message>
    <message>
      <source>Draw chest leads with half the gain of the limb leads (10/5 mm/mV)</source>
      <extracomment>cardio_desktop/ui/commands/paper.py</extracomment>
      <translation>Brustwandableitungen mit halber Verstärkung zeichnen (10/5 mm/mV)</translation>
    </message>
    <message>
      <source>Draw the beats that the median was made of over one another</source>
      <extracomment>cardio_desktop/ui/panels/median_view.py</extracomment>
      <translation>Die Schläge, aus denen der Median gebildet wurde, übereinander zeichnen</translation>
    </message>
    <message>
      <source>Drop a file here, or press Ctrl+O.
These formats are read: {formats}; nothing leaves this computer.</source>
      <extracomment>cardio_desktop/ui/empty_room.py</extracomment>
      <translation>Ziehen Sie eine Datei hierher oder drücken Sie Strg+O.
Gelesen werden {formats}; nichts verlässt diesen Rechner.</translation>
    </message>
    <message>
      <source>E&amp;dit</source>
      <extracomment>cardio_desktop/ui/commands/menus.py</extracomment>
      <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
      <source>ECG</source>
      <extracomment>cardio_desktop/ui/commands/audit_view.py</extracomment>
      <translation>EKG</translation>
    </message>
    <message>
      <source>ECG on paper</source>
      <extracomment>cardio_desktop/ui/paper/paper_view.py</extracomment>
      <translation>EKG auf Papier</translation>
    </message>
    <message>
      <source>ECG records</source>
      <extracomment>cardio_desktop/ui/dialogs.py</extracomment>
      <translation>EKG-Aufzeichnungen</translation>
    </message>
    <message>
      <source>ECG report</source>
      <extracomment>cardio_desktop/ui/paper/report_print.py</extracomment>
      <translation>EKG-Bericht</translation>
    </message>
    <message>
      <source>EDF, BDF, WFDB or a table that is still being written</source>
      <extracomment>cardio_desktop/ui/live/follow_dialog.py</extracomment>
      <translation>EDF, BDF, WFDB oder Tabelle, die noch geschrieben wird</translation>
    </message>
    <message>
      <source>Earlier ECGs ({count}):</source>
      <extracomment>cardio_desktop/ui/lists/priors_strip.py</extracomment>
      <translation>Frühere EKGs ({count}):</translation>
    </message>
    <message>
      <source>Earlier ECGs of this p&amp;atient</source>
      <extracomment>cardio_desktop/ui/commands/comparison.py</extracomment>
      <translation>Frühere EKGs &amp;dieses Patienten</translation>
    </message>
    <message>
      <source>Earlier ECGs of this patient</source>
      <extracomment>cardio_desktop/ui/lists/priors_strip.py</extracomment>
      <translation>Frühere EKGs dieses Patienten</translation>
    </message>
    <message>
      <source>Electrodes possibly swapped: {leads}</source>
      <extracomment>cardio_desktop/ui/panels/sections/words.py</extracomment>
      <translation>Elektroden möglicherweise vertauscht: {leads}</translation>
    </message>
    <message>
      <source>End the recording in {file}?</source>
      <extracomment>cardio_desktop/ui/live/live_closing.py</extracomment>
      <translation>Die Aufzeichnung in {file} beenden?</translation>
    </message>
    <message>
      <source>Ends snap to waves and samples.</source>
      <extracomment>cardio_desktop/app/marks.py</extracomment>
      <translation>Enden rasten an Wellen und Messwerten ein.</translation>
    </message>
    <message>
      <source>Ends stay where you put them, between samples too.</source>
      <extracomment>cardio_desktop/app/marks.py</extracomment>
      <translation>Enden bleiben, wo Sie sie setzen, auch zwischen Messwerten.</translation>
    </message>
    <message>
      <source>Events</source>
      <extracomment>cardio_desktop/ui/panels/holter_window.py, cardio_desktop/ui/paper/overview_content.py</extracomment>
      <translation>Ereignisse</translation>
    </message>
    <message>
      <source>Evidence</source>
      <extracomment>cardio_desktop/ui/panels/docks.py, cardio_desktop/ui/panels/evidence_panel.py, cardio_desktop/ui/toolbar.py</extracomment>
      <translation>Evidenz</translation>
    </message>
    <message>
      <source>Evidence by beat</source>
      <extracomment>cardio_desktop/ui/panels/beat_strip.py</extracomment>
      <translation>Evidenz je Schlag</translation>
    </message>
    <message>
      <source>Evidence by lead</source>
      <extracomment>cardio_desktop/ui/panels/evidence_panel.py, cardio_desktop/ui/panels/lead_bars.py</extracomment>
      <translation>Evidenz je Ableitung</translation>
    </message>
    <message>
      <source>Evidence for</source>
      <extracomment>cardio_desktop/ui/panels/evidence_panel.py</extracomment>
      <translation>Evidenz für</translation>
    </message>
    <message>
      <source>Evidence for {name}</source>
      <extracomment>cardio_desktop/app/statement_evidence.py, cardio_desktop/ui/commands/evidence.py</extracomment>
      <translation>Evidenz für {name}</translation>
    </message>
    <message>
      <source>Evidence for {name}, place {rank} of {count}: beat {number} at {time} s, {evidence} logit, most in {lead}</source>
      <extracomment>cardio_desktop/ui/commands/evidence_tools.py</extracomment>
      <translation>Evidenz für {name}, Stelle {rank} von {count}: Schlag {number} bei {time} s, {evidence} Logit, am meisten in {lead}</translation>
    </message>
    <message>
      <source>Evidence of the next class</source>
      <extracomment>cardio_desktop/ui/commands/evidence.py</extracomment>
      <translation>Evidenz der nächsten Klasse</translation>
    </message>
    <message>
      <source>Evidence stands here once a record is open.</source>
      <extracomment>cardio_desktop/ui/panels/evidence_panel.py</extracomment>
      <translation>Hier steht die Evidenz, sobald eine Aufzeichnung offen ist.</translation>
    </message>
    <message>
      <source>Exchange before and after</source>
      <extracomment>cardio_desktop/ui/paper/comparison_window.py</extracomment>
      <translation>Vorher und nachher tauschen</translation>
    </message>
    <message>
      <source>Exchange before and after (Ctrl+Shift+X)</source>
      <extracomment>cardio_desktop/ui/paper/comparison_window.py</extracomment>
      <translation>Vorher und nachher tauschen (Strg+Umschalt+X)</translation>
    </message>
    <message>
      <source>F&amp;indings panel</source>
      <extracomment>cardio_desktop/ui/panels/docks.py</extracomment>
      <translation>&amp;Ergebnisse</translation>
    </message>
    <message>
      <source>F&amp;orward</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>&amp;Vor</translation>
    </message>
    <message>
      <source>F&amp;ull screen</source>
      <extracomment>cardio_desktop/ui/commands/view.py</extracomment>
      <translation>Voll&amp;bild</translation>
    </message>
    <message>
      <source>FHIR bundle with report and measurements</source>
      <extracomment>cardio_desktop/ui/commands/hand_out.py</extracomment>
      <translation>FHIR-Bündel mit Bericht und Messwerten</translation>
    </message>
    <message>
      <source>Faithfulness</source>
      <extracomment>cardio_desktop/ui/panels/evidence_panel.py</extracomment>
      <translation>Treue</translation>
    </message>
    <message>
      <source>Faithfulness of this map over leads, measured: {figure} of 1</source>
      <extracomment>cardio_desktop/ui/paper/evidence_words.py</extracomment>
      <translation>Treue dieser Karte über die Ableitungen, gemessen: {figure} von 1</translation>
    </message>
    <message>
      <source>Faithfulness of this map over leads: not measured</source>
      <extracomment>cardio_desktop/ui/paper/evidence_words.py</extracomment>
      <translation>Treue dieser Karte über die Ableitungen: nicht gemessen</translation>
    </message>
    <message>
      <source>Fast from (/min)</source>
      <extracomment>cardio_desktop/ui/panels/holter_window.py</extracomment>
      <translation>Schnell ab (/min)</translation>
    </message>
    <message>
      <source>Fibrillation from (s)</source>
      <extracomment>cardio_desktop/ui/panels/holter_window.py</extracomment>
      <translation>Flimmern ab (s)</translation>
    </message>
    <message>
      <source>File</source>
      <extracomment>cardio_desktop/ui/dialogs.py, cardio_desktop/ui/live/follow_dialog.py</extracomment>
      <translation>Datei</translation>
    </message>
    <message>
      <source>File that grows</source>
      <extracomment>cardio_desktop/ui/live/follow_dialog.py</extracomment>
      <translation>Datei, die wächst</translation>
    </message>
    <message>
      <source>Fill the screen</source>
      <extracomment>cardio_desktop/ui/commands/view.py</extracomment>
      <translation>Den Bildschirm ausfüllen</translation>
    </message>
    <message>
      <source>Filter</source>
      <extracomment>cardio_desktop/ui/toolbar.py</extracomment>
      <translation>Filter</translation>
    </message>
    <message>
      <source>Filter of the worklist</source>
      <extracomment>cardio_desktop/ui/lists/filter_bar.py</extracomment>
      <translation>Filter der Arbeitsliste</translation>
    </message>
    <message>
      <source>Filter the display: subtract the slow wander under the waves</source>
      <extracomment>cardio_desktop/ui/commands/paper.py</extracomment>
      <translation>Anzeige filtern: die langsame Schwankung unter den Wellen abziehen</translation>
    </message>
    <message>
      <source>Filter the display: {filter} {hz} Hz</source>
      <extracomment>cardio_desktop/ui/commands/paper.py</extracomment>
      <translation>Anzeige filtern: {filter} {hz} Hz</translation>
    </message>
    <message>
      <source>Filter the worklist by what you type</source>
      <extracomment>cardio_desktop/ui/commands/worklist.py</extracomment>
      <translation>Die Arbeitsliste nach Ihrer Eingabe filtern</translation>
    </message>
    <message>
      <source>Filter: words, or fields such as state:unsigned age&gt;60</source>
      <extracomment>cardio_desktop/ui/lists/filter_bar.py</extracomment>
      <translation>Filter: Wörter oder Felder wie zustand:unsigniert alter&gt;60</translation>
    </message>
    <message>
      <source>Find a statement by any word, its acronym or code, and put it into your conclusion</source>
      <extracomment>cardio_desktop/ui/commands/statements.py</extracomment>
      <translation>Eine Aussage nach einem Wort, Kürzel oder Code suchen und in Ihre Beurteilung setzen</translation>
    </message>
    <message>
      <source>Find any command by its name and run it</source>
      <extracomment>cardio_desktop/ui/commands/help.py, cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>Einen Befehl nach Namen suchen und ausführen</translation>
    </message>
    <message>
      <source>Findings</source>
      <extracomment>cardio_desktop/ui/panels/docks.py, cardio_desktop/ui/panels/findings_panel.py</extracomment>
      <translation>Ergebnisse</translation>
    </message>
    <message>
      <source>Findings stand here once a record is open.</source>
      <extracomment>cardio_desktop/ui/panels/findings_panel.py</extracomment>
      <translation>Hier stehen die Ergebnisse, sobald eine Aufzeichnung offen ist.</translation>
    </message>
    <message>
      <source>First at</source>
      <extracomment>cardio_desktop/ui/panels/holter_shapes.py</extracomment>
      <translation>Zuerst um</translation>
    </message>
    <message>
      <source>Fit</source>
      <extracomment>cardio_desktop/ui/toolbar.py</extracomment>
      <translation>Einpassen</translation>
    </message>
    <message>
      <source>Fit p&amp;age to window</source>
      <extracomment>cardio_desktop/ui/commands/view.py</extracomment>
      <translation>Seite ins Fenster e&amp;inpassen</translation>
    </message>
    <message>
      <source>Fold or unfold this part</source>
      <extracomment>cardio_desktop/ui/panels/sections/base.py</extracomment>
      <translation>Diesen Teil ein- oder ausklappen</translation>
    </message>
    <message>
      <source>Folder</source>
      <extracomment>cardio_desktop/ui/commands/writing.py, cardio_desktop/ui/live/follow_dialog.py</extracomment>
      <translation>Ordner</translation>
    </message>
    <message>
      <source>Folder of kept recordings</source>
      <extracomment>cardio_desktop/ui/live/follow_dialog.py</extracomment>
      <translation>Ordner der aufgehobenen Aufzeichnungen</translation>
    </message>
    <message>
      <source>Folder {name}   ({path})</source>
      <extracomment>cardio_desktop/ui/commands/menus.py</extracomment>
      <translation>Ordner {name}   ({path})</translation>
    </message>
    <message>
      <source>Follow a growing recor&amp;ding…</source>
      <extracomment>cardio_desktop/ui/commands/live.py</extracomment>
      <translation>Wa&amp;chsende Aufzeichnung verfolgen…</translation>
    </message>
    <message>
      <source>Follow a growing recording</source>
      <extracomment>cardio_desktop/ui/live/follow_dialog.py</extracomment>
      <translation>Wachsende Aufzeichnung verfolgen</translation>
    </message>
    <message>
      <source>Follow a networ&amp;k stream…</source>
      <extracomment>cardio_desktop/ui/commands/live.py</extracomment>
      <translation>Netzwerkstro&amp;m verfolgen…</translation>
    </message>
    <message>
      <source>Follow a network stream</source>
      <extracomment>cardio_desktop/ui/live/follow_dialog.py</extracomment>
      <translation>Netzwerkstrom verfolgen</translation>
    </message>
    <message>
      <source>Follow the source no longer and finish the kept file; the window stays</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>Die Quelle nicht weiter verfolgen und die aufgehobene Datei abschließen; das Fenster bleibt</translation>
    </message>
    <message>
      <source>Following {name}</source>
      <extracomment>cardio_desktop/app/live_feed.py</extracomment>
      <translation>{name} verfolgen</translation>
    </message>
    <message>
      <source>Forge&amp;t the mark</source>
      <extracomment>cardio_desktop/ui/commands/go.py</extracomment>
      <translation>Mar&amp;kierung aufheben</translation>
    </message>
    <message>
      <source>Forget these files</source>
      <extracomment>cardio_desktop/ui/commands/menus.py</extracomment>
      <translation>Diese Dateien vergessen</translation>
    </message>
    <message>
      <source>Format</source>
      <extracomment>cardio_desktop/ui/commands/save_as.py</extracomment>
      <translation>Format</translation>
    </message>
    <message>
      <source>Forward</source>
      <extracomment>cardio_desktop/ui/manual_window.py</extracomment>
      <translation>Vor</translation>
    </message>
    <message>
      <source>Frozen from {start} to {end}.</source>
      <extracomment>cardio_desktop/ui/live/live_window.py</extracomment>
      <translation>Angehalten von {start} bis {end}.</translation>
    </message>
    <message>
      <source>Gain</source>
      <extracomment>cardio_desktop/ui/toolbar.py</extracomment>
      <translation>Verstärkung</translation>
    </message>
    <message>
      <source>Gain {gain} mm/mV</source>
      <extracomment>cardio_desktop/ui/commands/paper.py</extracomment>
      <translation>Verstärkung {gain} mm/mV</translation>
    </message>
    <message>
      <source>Give the selected beat the next type</source>
      <extracomment>cardio_desktop/ui/commands/beats.py</extracomment>
      <translation>Dem gewählten Schlag den nächsten Typ geben</translation>
    </message>
    <message>
      <source>Go back a page</source>
      <extracomment>cardio_desktop/ui/commands/go.py</extracomment>
      <translation>Eine Seite zurück</translation>
    </message>
    <message>
      <source>Go back a tenth of a page</source>
      <extracomment>cardio_desktop/ui/commands/go.py</extracomment>
      <translation>Eine Zehntelseite zurück</translation>
    </message>
    <message>
      <source>Go back to the minute that is one place worse</source>
      <extracomment>cardio_desktop/ui/commands/long.py</extracomment>
      <translation>Zur Minute gehen, die einen Platz schlimmer ist</translation>
    </message>
    <message>
      <source>Go back to the stronger beat before</source>
      <extracomment>cardio_desktop/ui/commands/evidence.py</extracomment>
      <translation>Zurück zum stärkeren Schlag davor</translation>
    </message>
    <message>
      <source>Go on</source>
      <extracomment>cardio_desktop/ui/lists/worklist_panel.py, cardio_desktop/ui/paper/overview_bar.py</extracomment>
      <translation>Fortsetzen</translation>
    </message>
    <message>
      <source>Go on a page</source>
      <extracomment>cardio_desktop/ui/commands/go.py</extracomment>
      <translation>Eine Seite weiter</translation>
    </message>
    <message>
      <source>Go on a tenth of a page</source>
      <extracomment>cardio_desktop/ui/commands/go.py</extracomment>
      <translation>Eine Zehntelseite weiter</translation>
    </message>
    <message>
      <source>Go on with the analysis</source>
      <extracomment>cardio_desktop/ui/lists/worklist_panel.py</extracomment>
      <translation>Die Analyse fortsetzen</translation>
    </message>
    <message>
      <source>Go to the beat before</source>
      <extracomment>cardio_desktop/ui/commands/beats.py</extracomment>
      <translation>Zum vorigen Schlag gehen</translation>
    </message>
    <message>
      <source>Go to the beat with the most evidence, again to the next strongest</source>
      <extracomment>cardio_desktop/ui/commands/evidence.py</extracomment>
      <translation>Zum Schlag mit der meisten Evidenz gehen, erneut zum nächststärksten</translation>
    </message>
    <message>
      <source>Go to the beginning</source>
      <extracomment>cardio_desktop/ui/commands/go.py</extracomment>
      <translation>Zum Anfang gehen</translation>
    </message>
    <message>
      <source>Go to the end</source>
      <extracomment>cardio_desktop/ui/commands/go.py</extracomment>
      <translation>Zum Ende gehen</translation>
    </message>
    <message>
      <source>Go to the list of alarms; Enter freezes the page at one</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>Zur Liste der Alarme gehen; die Eingabetaste hält die Seite bei einem an</translation>
    </message>
    <message>
      <source>Go to the minute that needs eyes most, then to the next worst</source>
      <extracomment>cardio_desktop/ui/commands/long.py</extracomment>
      <translation>Zur auffälligsten Minute gehen, dann zur nächsten</translation>
    </message>
    <message>
      <source>Go to the most urgent critical finding, again to the next</source>
      <extracomment>cardio_desktop/ui/commands/go.py</extracomment>
      <translation>Zum dringendsten kritischen Befund gehen, erneut zum nächsten</translation>
    </message>
    <message>
      <source>Go to the next of all beats</source>
      <extracomment>cardio_desktop/ui/commands/beats.py</extracomment>
      <translation>Zum nächsten aller Schläge gehen</translation>
    </message>
    <message>
      <source>Go to the oldest instant that is held</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>Zum ältesten Zeitpunkt gehen, der noch vorhanden ist</translation>
    </message>
    <message>
      <source>Go to the paper</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>Zum Papier gehen</translation>
    </message>
    <message>
      <source>HL7 v2 message with report and measurements</source>
      <extracomment>cardio_desktop/ui/commands/hand_out.py</extracomment>
      <translation>HL7-v2-Nachricht mit Bericht und Messwerten</translation>
    </message>
    <message>
      <source>Hand out results</source>
      <extracomment>cardio_desktop/ui/commands/hand_out.py</extracomment>
      <translation>Ergebnisse weitergeben</translation>
    </message>
    <message>
      <source>Handing out results</source>
      <extracomment>cardio_desktop/ui/commands/hand_out.py</extracomment>
      <translation>Ergebnisse werden weitergegeben</translation>
    </message>
    <message>
      <source>Heart rate</source>
      <extracomment>cardio_desktop/ui/live/vitals.py</extracomment>
      <translation>Herzfrequenz</translation>
    </message>
    <message>
      <source>Height</source>
      <extracomment>cardio_desktop/ui/paper/screen_dialog.py</extracomment>
      <translation>Höhe</translation>
    </message>
    <message>
      <source>Height of the card</source>
      <extracomment>cardio_desktop/ui/paper/screen_dialog.py</extracomment>
      <translation>Höhe der Karte</translation>
    </message>
    <message>
      <source>Hidden until you show the record's findings, because you read first (F2 shows them).</source>
      <extracomment>cardio_desktop/ui/lists/worklist_words.py</extracomment>
      <translation>Verdeckt, bis Sie die Ergebnisse der Aufzeichnung zeigen, weil Sie zuerst lesen (F2 zeigt sie).</translation>
    </message>
    <message>
      <source>Hide &amp;less weak evidence</source>
      <extracomment>cardio_desktop/ui/commands/evidence.py</extracomment>
      <translation>&amp;Weniger schwache Evidenz verbergen</translation>
    </message>
    <message>
      <source>Hide &amp;more weak evidence</source>
      <extracomment>cardio_desktop/ui/commands/evidence.py</extracomment>
      <translation>&amp;Mehr schwache Evidenz verbergen</translation>
    </message>
    <message>
      <source>Hide below</source>
      <extracomment>cardio_desktop/ui/panels/evidence_panel.py</extracomment>
      <translation>Verbergen unter</translation>
    </message>
    <message>
      <source>Hide evidence below this share of the strongest</source>
      <extracomment>cardio_desktop/ui/panels/evidence_panel.py</extracomment>
      <translation>Evidenz unter diesem Anteil der stärksten verbergen</translation>
    </message>
    <message>
      <source>Hide findings until I ask for them</source>
      <extracomment>cardio_desktop/ui/panels/sections/reading.py</extracomment>
      <translation>Ergebnisse verdecken, bis ich sie verlange</translation>
    </message>
    <message>
      <source>Hide the findings of each record until they are asked for</source>
      <extracomment>cardio_desktop/ui/commands/reading.py</extracomment>
      <translation>Die Ergebnisse jeder Aufzeichnung verdecken, bis sie verlangt werden</translation>
    </message>
    <message>
      <source>High</source>
      <extracomment>cardio_desktop/ui/lists/worklist_words.py, cardio_desktop/ui/panels/sections/words.py</extracomment>
      <translation>Hoch</translation>
    </message>
    <message>
      <source>High from</source>
      <extracomment>cardio_desktop/ui/panels/sections/words.py</extracomment>
      <translation>Hoch ab</translation>
    </message>
    <message>
      <source>High-pass</source>
      <extracomment>cardio_desktop/ui/commands/paper.py</extracomment>
      <translation>Hochpass</translation>
    </message>
    <message>
      <source>Ho&amp;lter reading…</source>
      <extracomment>cardio_desktop/ui/commands/long.py</extracomment>
      <translation>Langzei&amp;t-EKG…</translation>
    </message>
    <message>
      <source>Hold a bank card to the screen and move the slider until the outline is exactly as large as the card.</source>
      <extracomment>cardio_desktop/ui/paper/screen_dialog.py</extracomment>
      <translation>Halten Sie eine Bankkarte an den Bildschirm und schieben Sie den Regler, bis der Umriss genau so groß wie die Karte ist.</translation>
    </message>
    <message>
      <source>Hold a ruler to the screen and type the distance between the two ends.</source>
      <extracomment>cardio_desktop/ui/paper/screen_dialog.py</extracomment>
      <translation>Halten Sie ein Lineal an den Bildschirm und geben Sie den Abstand der beiden Enden ein.</translation>
    </message>
    <message>
      <source>Holter reading - Cardio Desktop</source>
      <extracomment>cardio_desktop/ui/panels/holter_window.py</extracomment>
      <translation>Langzeit-EKG - Cardio Desktop</translation>
    </message>
    <message>
      <source>Hour by hour</source>
      <extracomment>cardio_desktop/ui/panels/holter_window.py</extracomment>
      <translation>Stunde für Stunde</translation>
    </message>
    <message>
      <source>How many earlier ECGs of this patient are known</source>
      <extracomment>cardio_desktop/ui/lists/worklist_words.py</extracomment>
      <translation>Wie viele frühere EKGs dieses Patienten bekannt sind</translation>
    </message>
    <message>
      <source>How strongly evidence is painted</source>
      <extracomment>cardio_desktop/ui/panels/evidence_panel.py</extracomment>
      <translation>Wie kräftig Evidenz gemalt wird</translation>
    </message>
    <message>
      <source>How strongly evidence is painted (Shift+Up, Shift+Down)</source>
      <extracomment>cardio_desktop/ui/toolbar.py</extracomment>
      <translation>Wie kräftig Evidenz gemalt wird (Umschalt+Auf, Umschalt+Ab)</translation>
    </message>
    <message>
      <source>How sure is this?</source>
      <extracomment>cardio_desktop/ui/panels/evidence_panel.py, cardio_desktop/ui/panels/findings_panel.py</extracomment>
      <translation>Wie sicher ist das?</translation>
    </message>
    <message>
      <source>How the score adds up</source>
      <extracomment>cardio_desktop/ui/panels/evidence_panel.py</extracomment>
      <translation>Wie sich der Wert zusammensetzt</translation>
    </message>
    <message>
      <source>It is remembered for files of this folder, and every such record says so.</source>
      <extracomment>cardio_desktop/ui/options_dialog.py</extracomment>
      <translation>Es wird für Dateien dieses Ordners gemerkt, und jede solche Aufzeichnung sagt es.</translation>
    </message>
    <message>
      <source>It is {kind}</source>
      <extracomment>cardio_desktop/ui/commands/beats.py</extracomment>
      <translation>Er ist {kind}</translation>
    </message>
    <message>
      <source>Judge the record from end to end in the background, or stop that</source>
      <extracomment>cardio_desktop/ui/commands/long.py</extracomment>
      <translation>Die Aufzeichnung im Hintergrund von Anfang bis Ende beurteilen oder das beenden</translation>
    </message>
    <message>
      <source>Judge the whole record piece by piece in the background: heart rate, events, the network's opinion</source>
      <extracomment>cardio_desktop/ui/paper/overview_bar.py</extracomment>
      <translation>Die ganze Aufzeichnung im Hintergrund Stück für Stück beurteilen: Herzfrequenz, Ereignisse, Meinung des Netzes</translation>
    </message>
    <message>
      <source>Judging ended by a fault of the program ({problem}); the trace goes on, watched by nobody.</source>
      <extracomment>cardio_desktop/app/live_guard.py</extracomment>
      <translation>Die Beurteilung endete durch einen Fehler des Programms ({problem}); die Kurve läuft weiter, von niemandem beobachtet.</translation>
    </message>
    <message>
      <source>Judging {name}</source>
      <extracomment>cardio_desktop/app/live_feed.py</extracomment>
      <translation>{name} beurteilen</translation>
    </message>
    <message>
      <source>Keep the comment (Ctrl+Return or Esc)</source>
      <extracomment>cardio_desktop/ui/panels/sections/opinion.py</extracomment>
      <translation>Den Kommentar behalten (Strg+Eingabe oder Esc)</translation>
    </message>
    <message>
      <source>Keys</source>
      <extracomment>cardio_desktop/ui/commands/palette.py</extracomment>
      <translation>Tasten</translation>
    </message>
    <message>
      <source>Keys move the {part}.</source>
      <extracomment>cardio_desktop/app/caliper_work.py</extracomment>
      <translation>Tasten bewegen: {part}.</translation>
    </message>
    <message>
      <source>Kind</source>
      <extracomment>cardio_desktop/ui/panels/holter_shapes.py</extracomment>
      <translation>Art</translation>
    </message>
    <message>
      <source>La&amp;nguage</source>
      <extracomment>cardio_desktop/ui/commands/menus.py</extracomment>
      <translation>Sp&amp;rache</translation>
    </message>
    <message>
      <source>Language of the interface: {name}</source>
      <extracomment>cardio_desktop/ui/commands/help.py</extracomment>
      <translation>Sprache der Oberfläche: {name}</translation>
    </message>
    <message>
      <source>Larger letters</source>
      <extracomment>cardio_desktop/ui/commands/look.py</extracomment>
      <translation>Größere Schrift</translation>
    </message>
    <message>
      <source>Layout</source>
      <extracomment>cardio_desktop/ui/toolbar.py</extracomment>
      <translation>Anordnung</translation>
    </message>
    <message>
      <source>Lead of the median beat</source>
      <extracomment>cardio_desktop/ui/panels/median_view.py</extracomment>
      <translation>Ableitung des Medianschlags</translation>
    </message>
    <message>
      <source>Leads: {leads}</source>
      <extracomment>cardio_desktop/ui/panels/sections/lists.py</extracomment>
      <translation>Ableitungen: {leads}</translation>
    </message>
    <message>
      <source>Leave out name, number, birth date, file name and letterhead</source>
      <extracomment>cardio_desktop/ui/dialogs.py</extracomment>
      <translation>Name, Nummer, Geburtsdatum, Dateiname und Briefkopf weglassen</translation>
    </message>
    <message>
      <source>Leave out who the patient is; dates are shifted</source>
      <extracomment>cardio_desktop/ui/commands/writing.py</extracomment>
      <translation>Weglassen, von wem es ist; Daten werden verschoben</translation>
    </message>
    <message>
      <source>Left bundle branch block</source>
      <extracomment>cardio_desktop/ui/samples.py</extracomment>
      <translation>Linksschenkelblock</translation>
    </message>
    <message>
      <source>Length</source>
      <extracomment>cardio_desktop/ui/panels/holter_events.py</extracomment>
      <translation>Dauer</translation>
    </message>
    <message>
      <source>Let alarms be heard, or not; they are silent at first</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>Alarme hören oder nicht; anfangs sind sie stumm</translation>
    </message>
    <message>
      <source>Let the ends of calipers jump to waves, beats and samples</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>Zirkelenden auf Wellen, Schläge und Messwerte springen lassen</translation>
    </message>
    <message>
      <source>Let the keys move another part of the caliper</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>Die Tasten einen anderen Teil des Zirkels bewegen lassen</translation>
    </message>
    <message>
      <source>Let the page run</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>Die Seite laufen lassen</translation>
    </message>
    <message>
      <source>Let the page stand still while the recording goes on, or go back to the newest instant</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>Die Seite anhalten, während die Aufzeichnung weiterläuft, oder zum neuesten Zeitpunkt zurückkehren</translation>
    </message>
    <message>
      <source>Let the paper scroll, or sweep it</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>Das Papier laufen lassen oder überschreiben</translation>
    </message>
    <message>
      <source>Letter</source>
      <extracomment>cardio_desktop/ui/dialogs.py</extracomment>
      <translation>Letter</translation>
    </message>
    <message>
      <source>Letterhead</source>
      <extracomment>cardio_desktop/ui/dialogs.py</extracomment>
      <translation>Briefkopf</translation>
    </message>
    <message>
      <source>Letterheads (*.toml *.json)</source>
      <extracomment>cardio_desktop/ui/dialogs.py</extracomment>
      <translation>Briefköpfe (*.toml *.json)</translation>
    </message>
    <message>
      <source>Letters as large as usual</source>
      <extracomment>cardio_desktop/ui/commands/look.py</extracomment>
      <translation>Schrift so groß wie üblich</translation>
    </message>
    <message>
      <source>Letters at {percent} % of their usual size.</source>
      <extracomment>cardio_desktop/ui/commands/look.py</extracomment>
      <translation>Schrift mit {percent} % der üblichen Größe.</translation>
    </message>
    <message>
      <source>Line to be measured</source>
      <extracomment>cardio_desktop/ui/paper/screen_dialog.py</extracomment>
      <translation>Zu messende Linie</translation>
    </message>
    <message>
      <source>Links that were not followed: {count}.</source>
      <extracomment>cardio_desktop/app/worklist.py</extracomment>
      <translation>Nicht verfolgte Verknüpfungen: {count}.</translation>
    </message>
    <message>
      <source>List a folder's records, worst first, and analyse them all</source>
      <extracomment>cardio_desktop/ui/commands/worklist.py</extracomment>
      <translation>Die Aufzeichnungen eines Ordners auflisten, auffälligste zuerst, und alle analysieren</translation>
    </message>
    <message>
      <source>List every command with its keys</source>
      <extracomment>cardio_desktop/ui/commands/help.py, cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>Alle Befehle mit ihren Tasten auflisten</translation>
    </message>
    <message>
      <source>List…</source>
      <extracomment>cardio_desktop/ui/commands/statements.py</extracomment>
      <translation>Liste…</translation>
    </message>
    <message>
      <source>Live ECG</source>
      <extracomment>cardio_desktop/ui/live/live_paper.py</extracomment>
      <translation>Live-EKG</translation>
    </message>
    <message>
      <source>Live goes on, +{s} s (Space).</source>
      <extracomment>cardio_desktop/ui/live/live_window.py</extracomment>
      <translation>Live läuft weiter, +{s} s (Leertaste).</translation>
    </message>
    <message>
      <source>Live, {time}</source>
      <extracomment>cardio_desktop/ui/live/live_window.py</extracomment>
      <translation>Live, {time}</translation>
    </message>
    <message>
      <source>Live: {name} - Cardio Desktop</source>
      <extracomment>cardio_desktop/ui/live/live_window.py</extracomment>
      <translation>Live: {name} - Cardio Desktop</translation>
    </message>
    <message>
      <source>Look back a little</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>Ein wenig zurückblicken</translation>
    </message>
    <message>
      <source>Look back a page</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>Eine Seite zurückblicken</translation>
    </message>
    <message>
      <source>Look forward a little</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>Ein wenig vorblicken</translation>
    </message>
    <message>
      <source>Look forward a page</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>Eine Seite vorblicken</translation>
    </message>
    <message>
      <source>Look through it, then attach it to a report at {address}.</source>
      <extracomment>cardio_desktop/ui/problem_dialog.py</extracomment>
      <translation>Sehen Sie sie durch und fügen Sie sie einer Meldung unter {address} bei.</translation>
    </message>
    <message>
      <source>Looking for streams</source>
      <extracomment>cardio_desktop/app/live_streams.py</extracomment>
      <translation>Ströme suchen</translation>
    </message>
    <message>
      <source>Looking into {folder}</source>
      <extracomment>cardio_desktop/app/folder_scan.py</extracomment>
      <translation>{folder} wird durchsucht</translation>
    </message>
    <message>
      <source>Low</source>
      <extracomment>cardio_desktop/ui/lists/worklist_words.py, cardio_desktop/ui/panels/sections/words.py</extracomment>
      <translation>Niedrig</translation>
    </message>
    <message>
      <source>Low below</source>
      <extracomment>cardio_desktop/ui/panels/sections/words.py</extracomment>
      <translation>Niedrig unter</translation>
    </message>
    <message>
      <source>Low-pass</source>
      <extracomment>cardio_desktop/ui/commands/paper.py</extracomment>
      <translation>Tiefpass</translation>
    </message>
    <message>
      <source>Lower the gain</source>
      <extracomment>cardio_desktop/ui/commands/paper.py, cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>Die Verstärkung senken</translation>
    </message>
    <message>
      <source>Lower the paper speed</source>
      <extracomment>cardio_desktop/ui/commands/paper.py, cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>Den Papiervorschub senken</translation>
    </message>
    <message>
      <source>Lower the strength below which evidence is not painted</source>
      <extracomment>cardio_desktop/ui/commands/evidence.py</extracomment>
      <translation>Die Stärke senken, unter der Evidenz nicht gemalt wird</translation>
    </message>
    <message>
      <source>Made by the program from its own measurements; it is no diagnosis and was signed by nobody.</source>
      <extracomment>cardio_desktop/ui/paper/comparison_print.py</extracomment>
      <translation>Vom Programm aus seinen eigenen Messungen erstellt; es ist keine Diagnose und von niemandem signiert.</translation>
    </message>
    <message>
      <source>Magnify the paper</source>
      <extracomment>cardio_desktop/ui/commands/view.py</extracomment>
      <translation>Das Papier vergrößern</translation>
    </message>
    <message>
      <source>Man&amp;ual</source>
      <extracomment>cardio_desktop/ui/commands/help.py</extracomment>
      <translation>&amp;Handbuch</translation>
    </message>
    <message>
      <source>Manual</source>
      <extracomment>cardio_desktop/ui/manual_window.py</extracomment>
      <translation>Handbuch</translation>
    </message>
    <message>
      <source>March out by mouse</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>Marschzirkel mit der Maus</translation>
    </message>
    <message>
      <source>Mark the record as read, or take that back</source>
      <extracomment>cardio_desktop/ui/commands/worklist.py</extracomment>
      <translation>Die Aufzeichnung als gelesen markieren oder das zurücknehmen</translation>
    </message>
    <message>
      <source>Meaning</source>
      <extracomment>cardio_desktop/ui/sign_dialog.py</extracomment>
      <translation>Bedeutung</translation>
    </message>
    <message>
      <source>Measured</source>
      <extracomment>cardio_desktop/ui/panels/sections/lists.py</extracomment>
      <translation>Gemessen</translation>
    </message>
    <message>
      <source>Measured, and the network's opinion</source>
      <extracomment>cardio_desktop/ui/panels/sections/lists.py</extracomment>
      <translation>Gemessen und Meinung des Netzes</translation>
    </message>
    <message>
      <source>Measurements</source>
      <extracomment>cardio_desktop/ui/panels/sections/measurements.py</extracomment>
      <translation>Messwerte</translation>
    </message>
    <message>
      <source>Measurements and findings are hidden until you ask for them.</source>
      <extracomment>cardio_desktop/ui/paper/comparison_window.py, cardio_desktop/ui/paper/comparison_words.py</extracomment>
      <translation>Messwerte und Ergebnisse sind verdeckt, bis Sie sie verlangen.</translation>
    </message>
    <message>
      <source>Measurements and findings are hidden, or not there yet.</source>
      <extracomment>cardio_desktop/ui/paper/comparison_print.py</extracomment>
      <translation>Messwerte und Befunde sind verborgen oder noch nicht da.</translation>
    </message>
    <message>
      <source>Measurements as a DICOM structured report</source>
      <extracomment>cardio_desktop/ui/commands/hand_out.py</extracomment>
      <translation>Messwerte als strukturierter DICOM-Bericht</translation>
    </message>
    <message>
      <source>Measurements as a table (CSV)</source>
      <extracomment>cardio_desktop/ui/commands/hand_out.py</extracomment>
      <translation>Messwerte als Tabelle (CSV)</translation>
    </message>
    <message>
      <source>Measuring after your edits</source>
      <extracomment>cardio_desktop/app/recounting.py</extracomment>
      <translation>Messung nach Ihren Änderungen</translation>
    </message>
    <message>
      <source>Measuring after your edits…</source>
      <extracomment>cardio_desktop/ui/panels/sections/lists.py</extracomment>
      <translation>Messung nach Ihren Änderungen…</translation>
    </message>
    <message>
      <source>Median &amp;beat</source>
      <extracomment>cardio_desktop/ui/panels/docks.py</extracomment>
      <translation>&amp;Medianschlag</translation>
    </message>
    <message>
      <source>Median beat</source>
      <extracomment>cardio_desktop/ui/panels/docks.py, cardio_desktop/ui/panels/median_view.py</extracomment>
      <translation>Medianschlag</translation>
    </message>
    <message>
      <source>Median beats of both records over one another</source>
      <extracomment>cardio_desktop/ui/paper/comparison_beats.py</extracomment>
      <translation>Medianschläge beider Aufzeichnungen übereinander</translation>
    </message>
    <message>
      <source>Median of {count} beats. 1 mm of its grid is 20 ms and 0.1 mV (50 mm/s, 10 mm/mV).</source>
      <extracomment>cardio_desktop/ui/panels/median_view.py</extracomment>
      <translation>Median aus {count} Schlägen. 1 mm seines Rasters sind 20 ms und 0,1 mV (50 mm/s, 10 mm/mV).</translation>
    </message>
    <message>
      <source>Model</source>
      <extracomment>cardio_desktop/ui/panels/findings_panel.py</extracomment>
      <translation>Modell</translation>
    </message>
    <message>
      <source>Model card</source>
      <extracomment>cardio_desktop/ui/dialogs.py</extracomment>
      <translation>Modellkarte</translation>
    </message>
    <message>
      <source>Moderate</source>
      <extracomment>cardio_desktop/ui/lists/worklist_words.py, cardio_desktop/ui/panels/sections/words.py</extracomment>
      <translation>Mittel</translation>
    </message>
    <message>
      <source>Mouse: drag moves the paper, the wheel scrolls, Ctrl+wheel magnifies, Shift+wheel goes along the record, Alt+wheel compresses time (12 × 1 and strips), a double click fits the page.</source>
      <extracomment>cardio_desktop/ui/commands/palette.py</extracomment>
      <translation>Maus: Ziehen bewegt das Papier, das Rad rollt, Strg+Rad vergrößert, Umschalt+Rad geht die Aufzeichnung entlang, Alt+Rad staucht die Zeit (12 × 1 und Streifen), ein Doppelklick passt die Seite ein.</translation>
    </message>
    <message>
      <source>Move &amp;up</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>Nach &amp;oben</translation>
    </message>
    <message>
      <source>Move d&amp;own</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>Nach &amp;unten</translation>
    </message>
    <message>
      <source>Move far left</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>Weit nach links</translation>
    </message>
    <message>
      <source>Move far right</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>Weit nach rechts</translation>
    </message>
    <message>
      <source>Move it &amp;earlier</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>Nach l&amp;inks</translation>
    </message>
    <message>
      <source>Move it &amp;higher</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>Nach &amp;oben</translation>
    </message>
    <message>
      <source>Move it &amp;later</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>Nach &amp;rechts</translation>
    </message>
    <message>
      <source>Move it lo&amp;wer</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>Nach &amp;unten</translation>
    </message>
    <message>
      <source>Move le&amp;ft</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>Nach l&amp;inks</translation>
    </message>
    <message>
      <source>Move ri&amp;ght</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>Nach re&amp;chts</translation>
    </message>
    <message>
      <source>Move the caliper to the next lead</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>Den Zirkel in die nächste Ableitung setzen</translation>
    </message>
    <message>
      <source>Move the caliper to the previous lead</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>Den Zirkel in die vorige Ableitung setzen</translation>
    </message>
    <message>
      <source>Move the chosen part of the caliper</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>Den gewählten Teil des Zirkels bewegen</translation>
    </message>
    <message>
      <source>Name</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py, cardio_desktop/ui/commands/save_as.py, cardio_desktop/ui/sign_dialog.py</extracomment>
      <translation>Name</translation>
    </message>
    <message>
      <source>Name the &amp;caliper…</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>Zir&amp;kel benennen…</translation>
    </message>
    <message>
      <source>Name the caliper</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>Zirkel benennen</translation>
    </message>
    <message>
      <source>Ne&amp;xt caliper</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>&amp;Nächster Zirkel</translation>
    </message>
    <message>
      <source>Ne&amp;xt lead</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>&amp;Nächste Ableitung</translation>
    </message>
    <message>
      <source>Ne&amp;xt unsigned record</source>
      <extracomment>cardio_desktop/ui/commands/worklist.py</extracomment>
      <translation>Nächste nic&amp;ht signierte Aufzeichnung</translation>
    </message>
    <message>
      <source>Near the edge of what the network saw: less reliable.</source>
      <extracomment>cardio_desktop/ui/panels/beat_strip.py</extracomment>
      <translation>Am Rand dessen, was das Netz sah: weniger verlässlich.</translation>
    </message>
    <message>
      <source>New</source>
      <extracomment>cardio_desktop/app/signed_words.py</extracomment>
      <translation>Neu</translation>
    </message>
    <message>
      <source>New PIN</source>
      <extracomment>cardio_desktop/ui/sign_dialog.py</extracomment>
      <translation>Neue PIN</translation>
    </message>
    <message>
      <source>New, read, signed or amended</source>
      <extracomment>cardio_desktop/ui/lists/worklist_words.py</extracomment>
      <translation>Neu, gelesen, signiert oder ergänzt</translation>
    </message>
    <message>
      <source>Newer</source>
      <extracomment>cardio_desktop/ui/paper/comparison_window.py</extracomment>
      <translation>Neuer</translation>
    </message>
    <message>
      <source>Next &amp;rhythm lead</source>
      <extracomment>cardio_desktop/ui/commands/paper.py</extracomment>
      <translation>Nächste &amp;Rhythmusableitung</translation>
    </message>
    <message>
      <source>Next &amp;type</source>
      <extracomment>cardio_desktop/ui/commands/beats.py</extracomment>
      <translation>Nächster &amp;Typ</translation>
    </message>
    <message>
      <source>Next &amp;unread record</source>
      <extracomment>cardio_desktop/ui/commands/worklist.py</extracomment>
      <translation>Nächste &amp;ungelesene Aufzeichnung</translation>
    </message>
    <message>
      <source>Next beat that the network's evidence points at</source>
      <extracomment>cardio_desktop/ui/commands/go.py</extracomment>
      <translation>Nächster Schlag, auf den die Evidenz des Netzes weist</translation>
    </message>
    <message>
      <source>Next beat wit&amp;h network evidence</source>
      <extracomment>cardio_desktop/ui/commands/go.py</extracomment>
      <translation>Nächster Sch&amp;lag mit Netz-Evidenz</translation>
    </message>
    <message>
      <source>Next cr&amp;itical finding</source>
      <extracomment>cardio_desktop/ui/commands/go.py</extracomment>
      <translation>Nächster kri&amp;tischer Befund</translation>
    </message>
    <message>
      <source>Next recor&amp;d</source>
      <extracomment>cardio_desktop/ui/commands/worklist.py</extracomment>
      <translation>Nächste Au&amp;fzeichnung</translation>
    </message>
    <message>
      <source>No</source>
      <extracomment>cardio_desktop/ui/reopen.py</extracomment>
      <translation>Nein</translation>
    </message>
    <message>
      <source>No beat speaks for it.</source>
      <extracomment>cardio_desktop/ui/panels/beat_strip.py</extracomment>
      <translation>Kein Schlag spricht dafür.</translation>
    </message>
    <message>
      <source>No beats were found, so there is no median beat.</source>
      <extracomment>cardio_desktop/ui/panels/median_view.py</extracomment>
      <translation>Es wurden keine Schläge gefunden, darum gibt es keinen Medianschlag.</translation>
    </message>
    <message>
      <source>No command answers this search.</source>
      <extracomment>cardio_desktop/ui/commands/palette.py</extracomment>
      <translation>Kein Befehl entspricht dieser Suche.</translation>
    </message>
    <message>
      <source>No evidence is shown.</source>
      <extracomment>cardio_desktop/ui/panels/evidence_panel.py</extracomment>
      <translation>Es wird keine Evidenz gezeigt.</translation>
    </message>
    <message>
      <source>No file was opened yet</source>
      <extracomment>cardio_desktop/ui/commands/menus.py</extracomment>
      <translation>Noch keine Datei wurde geöffnet</translation>
    </message>
    <message>
      <source>No lead failed a quality check.</source>
      <extracomment>cardio_desktop/ui/panels/sections/words.py</extracomment>
      <translation>Keine Ableitung fiel bei der Qualitätsprüfung auf.</translation>
    </message>
    <message>
      <source>No median beat could be made of this record: too few beats of one shape, or the signal does not allow it.</source>
      <extracomment>cardio_desktop/ui/panels/median_view.py</extracomment>
      <translation>Aus dieser Aufzeichnung war kein Medianschlag zu bilden: zu wenige Schläge gleicher Form, oder das Signal erlaubt es nicht.</translation>
    </message>
    <message>
      <source>No median beat could be made of {names}.</source>
      <extracomment>cardio_desktop/ui/paper/comparison_window.py</extracomment>
      <translation>Aus {names} war kein Medianschlag zu bilden.</translation>
    </message>
    <message>
      <source>No page holds all of these words.</source>
      <extracomment>cardio_desktop/ui/manual_window.py</extracomment>
      <translation>Keine Seite enthält alle diese Wörter.</translation>
    </message>
    <message>
      <source>No stream answered. Start the sender, name its computer, and search again.</source>
      <extracomment>cardio_desktop/ui/live/follow_dialog.py</extracomment>
      <translation>Kein Strom hat geantwortet. Starten Sie den Sender, nennen Sie seinen Rechner und suchen Sie erneut.</translation>
    </message>
    <message>
      <source>No.</source>
      <extracomment>cardio_desktop/ui/commands/audit_view.py</extracomment>
      <translation>Nr.</translation>
    </message>
    <message>
      <source>Noisy normal</source>
      <extracomment>cardio_desktop/ui/samples.py</extracomment>
      <translation>Normal, verrauscht</translation>
    </message>
    <message>
      <source>Normal</source>
      <extracomment>cardio_desktop/ui/samples.py</extracomment>
      <translation>Normal</translation>
    </message>
    <message>
      <source>Normal findings and remarks</source>
      <extracomment>cardio_desktop/ui/panels/findings_panel.py</extracomment>
      <translation>Normale Befunde und Hinweise</translation>
    </message>
    <message>
      <source>Not as shipped: {files}. Install Cardio Desktop again.</source>
      <extracomment>cardio_desktop/ui/about.py</extracomment>
      <translation>Nicht wie ausgeliefert: {files}. Installieren Sie Cardio Desktop erneut.</translation>
    </message>
    <message>
      <source>Not assessed</source>
      <extracomment>cardio_desktop/ui/lists/worklist_words.py, cardio_desktop/ui/panels/sections/words.py</extracomment>
      <translation>Nicht beurteilt</translation>
    </message>
    <message>
      <source>Not diagnostic bandwidth: do not judge ST, Q or voltages by it</source>
      <extracomment>cardio_desktop/ui/paper/captions.py</extracomment>
      <translation>Keine diagnostische Bandbreite: ST, Q und Amplituden nicht danach beurteilen</translation>
    </message>
    <message>
      <source>Not possible because</source>
      <extracomment>cardio_desktop/ui/commands/palette.py</extracomment>
      <translation>Nicht möglich, weil</translation>
    </message>
    <message>
      <source>Not possible now: {reason}</source>
      <extracomment>cardio_desktop/ui/commands/actions.py, cardio_desktop/ui/commands/palette.py</extracomment>
      <translation>Jetzt nicht möglich: {reason}</translation>
    </message>
    <message>
      <source>Not read</source>
      <extracomment>cardio_desktop/ui/lists/filter_bar.py, cardio_desktop/ui/lists/worklist_panel.py</extracomment>
      <translation>Nicht gelesen</translation>
    </message>
    <message>
      <source>Not readable</source>
      <extracomment>cardio_desktop/ui/lists/filter_bar.py, cardio_desktop/ui/lists/worklist_words.py</extracomment>
      <translation>Nicht lesbar</translation>
    </message>
    <message>
      <source>Not saved</source>
      <extracomment>cardio_desktop/ui/closing.py</extracomment>
      <translation>Nicht gespeichert</translation>
    </message>
    <message>
      <source>Not shown to the network (missing or unusable): {leads}</source>
      <extracomment>cardio_desktop/ui/panels/sections/words.py</extracomment>
      <translation>Dem Netz nicht gezeigt (fehlend oder nicht verwertbar): {leads}</translation>
    </message>
    <message>
      <source>Not signed</source>
      <extracomment>cardio_desktop/ui/lists/filter_bar.py</extracomment>
      <translation>Nicht signiert</translation>
    </message>
    <message>
      <source>Notch</source>
      <extracomment>cardio_desktop/ui/commands/paper.py</extracomment>
      <translation>Netzfilter</translation>
    </message>
    <message>
      <source>Nothing is filled in here: put the ends on QRS onset and T offset yourself.</source>
      <extracomment>cardio_desktop/app/caliper_work.py</extracomment>
      <translation>Hier ist nichts vorgegeben: Setzen Sie die Enden selbst auf QRS-Beginn und T-Ende.</translation>
    </message>
    <message>
      <source>Nothing stands out in what has been analysed so far.</source>
      <extracomment>cardio_desktop/ui/commands/long.py</extracomment>
      <translation>Im bisher Analysierten fällt nichts auf.</translation>
    </message>
    <message>
      <source>Notice</source>
      <extracomment>cardio_desktop/ui/paper/notice.py</extracomment>
      <translation>Hinweis</translation>
    </message>
    <message>
      <source>Numbers and sentences are the program's own and preliminary. What you corrected or judged otherwise stands in the report only.</source>
      <extracomment>cardio_desktop/ui/commands/hand_out.py</extracomment>
      <translation>Zahlen und Sätze stammen vom Programm und sind vorläufig. Was Sie berichtigt oder anders beurteilt haben, steht nur im Bericht.</translation>
    </message>
    <message>
      <source>Of {number} events the first {shown} are listed.</source>
      <extracomment>cardio_desktop/ui/panels/holter_window.py</extracomment>
      <translation>Von {number} Ereignissen sind die ersten {shown} aufgeführt.</translation>
    </message>
    <message>
      <source>Older</source>
      <extracomment>cardio_desktop/ui/paper/comparison_window.py</extracomment>
      <translation>Älter</translation>
    </message>
    <message>
      <source>One above the other</source>
      <extracomment>cardio_desktop/ui/paper/comparison_window.py</extracomment>
      <translation>Übereinander</translation>
    </message>
    <message>
      <source>One millimetre on paper is one millimetre on this screen</source>
      <extracomment>cardio_desktop/ui/commands/view.py</extracomment>
      <translation>Ein Millimeter Papier ist ein Millimeter auf diesem Bildschirm</translation>
    </message>
    <message>
      <source>One sample earlier</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>Einen Messwert früher</translation>
    </message>
    <message>
      <source>One sample later</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>Einen Messwert später</translation>
    </message>
    <message>
      <source>Only the ECG that is open</source>
      <extracomment>cardio_desktop/ui/commands/audit_view.py</extracomment>
      <translation>Nur das geöffnete EKG</translation>
    </message>
    <message>
      <source>Opacity of the evidence</source>
      <extracomment>cardio_desktop/ui/toolbar.py</extracomment>
      <translation>Deckkraft der Evidenz</translation>
    </message>
    <message>
      <source>Open &amp;folder…</source>
      <extracomment>cardio_desktop/ui/commands/worklist.py</extracomment>
      <translation>&amp;Ordner öffnen…</translation>
    </message>
    <message>
      <source>Open a file…</source>
      <extracomment>cardio_desktop/ui/empty_room.py</extracomment>
      <translation>Datei öffnen…</translation>
    </message>
    <message>
      <source>Open a folder of ECGs</source>
      <extracomment>cardio_desktop/ui/commands/worklist.py</extracomment>
      <translation>Einen Ordner mit EKGs öffnen</translation>
    </message>
    <message>
      <source>Open a folder…</source>
      <extracomment>cardio_desktop/ui/empty_room.py</extracomment>
      <translation>Ordner öffnen…</translation>
    </message>
    <message>
      <source>Open a recording to read it as a Holter reader does.</source>
      <extracomment>cardio_desktop/ui/panels/holter_window.py</extracomment>
      <translation>Öffnen Sie eine Aufzeichnung, um sie als Langzeit-EKG zu lesen.</translation>
    </message>
    <message>
      <source>Open a s&amp;imulated sample</source>
      <extracomment>cardio_desktop/ui/commands/menus.py</extracomment>
      <translation>S&amp;imuliertes Beispiel öffnen</translation>
    </message>
    <message>
      <source>Open an ECG</source>
      <extracomment>cardio_desktop/ui/commands/file.py, cardio_desktop/ui/empty_room.py</extracomment>
      <translation>Ein EKG öffnen</translation>
    </message>
    <message>
      <source>Open an ECG file</source>
      <extracomment>cardio_desktop/ui/commands/file.py</extracomment>
      <translation>Eine EKG-Datei öffnen</translation>
    </message>
    <message>
      <source>Open recen&amp;t</source>
      <extracomment>cardio_desktop/ui/commands/menus.py</extracomment>
      <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
      <source>Open the kept recording in the reading room</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>Die aufgehobene Aufzeichnung im Befundungsfenster öffnen</translation>
    </message>
    <message>
      <source>Open the next record of the worklist</source>
      <extracomment>cardio_desktop/ui/commands/worklist.py</extracomment>
      <translation>Die nächste Aufzeichnung der Arbeitsliste öffnen</translation>
    </message>
    <message>
      <source>Open the next record of the worklist that is not marked as read</source>
      <extracomment>cardio_desktop/ui/commands/worklist.py</extracomment>
      <translation>Die nächste noch nicht als gelesen markierte Aufzeichnung öffnen</translation>
    </message>
    <message>
      <source>Open the next record of the worklist that nobody has signed</source>
      <extracomment>cardio_desktop/ui/commands/worklist.py</extracomment>
      <translation>Die nächste Aufzeichnung der Arbeitsliste öffnen, die niemand signiert hat</translation>
    </message>
    <message>
      <source>Open the next unsigned record of the worklist after signing</source>
      <extracomment>cardio_desktop/ui/commands/signing.py</extracomment>
      <translation>Nach dem Signieren die nächste nicht signierte Aufzeichnung der Arbeitsliste öffnen</translation>
    </message>
    <message>
      <source>Open the previous record of the worklist</source>
      <extracomment>cardio_desktop/ui/commands/worklist.py</extracomment>
      <translation>Die vorige Aufzeichnung der Arbeitsliste öffnen</translation>
    </message>
    <message>
      <source>Open the previous record of the worklist that nobody has signed</source>
      <extracomment>cardio_desktop/ui/commands/worklist.py</extracomment>
      <translation>Die vorige Aufzeichnung der Arbeitsliste öffnen, die niemand signiert hat</translation>
    </message>
    <message>
      <source>Open the simulated sample: {name}</source>
      <extracomment>cardio_desktop/ui/commands/file.py</extracomment>
      <translation>Das simulierte Beispiel öffnen: {name}</translation>
    </message>
    <message>
      <source>Opening {file}</source>
      <extracomment>cardio_desktop/app/session.py</extracomment>
      <translation>{file} wird geöffnet</translation>
    </message>
    <message>
      <source>Opening {name}…</source>
      <extracomment>cardio_desktop/ui/live/live_window.py</extracomment>
      <translation>{name} wird geöffnet…</translation>
    </message>
    <message>
      <source>Opinion</source>
      <extracomment>cardio_desktop/ui/paper/overview_content.py</extracomment>
      <translation>Meinung</translation>
    </message>
    <message>
      <source>Orange speaks for it, blue against it.</source>
      <extracomment>cardio_desktop/ui/panels/evidence_panel.py</extracomment>
      <translation>Orange spricht dafür, Blau dagegen.</translation>
    </message>
    <message>
      <source>Other &amp;RR interval for QTc</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>Anderes &amp;RR-Intervall für QTc</translation>
    </message>
    <message>
      <source>Other &amp;end</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>An&amp;deres Ende</translation>
    </message>
    <message>
      <source>Outline of a bank card</source>
      <extracomment>cardio_desktop/ui/paper/screen_dialog.py</extracomment>
      <translation>Umriss einer Bankkarte</translation>
    </message>
    <message>
      <source>Overview of the whole record</source>
      <extracomment>cardio_desktop/ui/paper/overview_bar.py</extracomment>
      <translation>Übersicht der ganzen Aufzeichnung</translation>
    </message>
    <message>
      <source>Overview of {lead}</source>
      <extracomment>cardio_desktop/app/session.py</extracomment>
      <translation>Übersicht von {lead}</translation>
    </message>
    <message>
      <source>P wave</source>
      <extracomment>cardio_desktop/ui/panels/sections/words.py</extracomment>
      <translation>P-Welle</translation>
    </message>
    <message>
      <source>P&amp;revious beat with network evidence</source>
      <extracomment>cardio_desktop/ui/commands/go.py</extracomment>
      <translation>Voriger Schlag &amp;mit Netz-Evidenz</translation>
    </message>
    <message>
      <source>PDF</source>
      <extracomment>cardio_desktop/ui/toolbar.py</extracomment>
      <translation>PDF</translation>
    </message>
    <message>
      <source>PIN</source>
      <extracomment>cardio_desktop/ui/sign_dialog.py</extracomment>
      <translation>PIN</translation>
    </message>
    <message>
      <source>PNG picture (*.png);;SVG drawing (*.svg);;PDF page (*.pdf)</source>
      <extracomment>cardio_desktop/ui/commands/file.py</extracomment>
      <translation>PNG-Bild (*.png);;SVG-Zeichnung (*.svg);;PDF-Seite (*.pdf)</translation>
    </message>
    <message>
      <source>PR ms</source>
      <extracomment>cardio_desktop/ui/panels/sections/strip.py</extracomment>
      <translation>PQ ms</translation>
    </message>
    <message>
      <source>Pa&amp;ge forward</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>Seite v&amp;or</translation>
    </message>
    <message>
      <source>Page b&amp;ack</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>&amp;Seite zurück</translation>
    </message>
    <message>
      <source>Page of the manual</source>
      <extracomment>cardio_desktop/ui/manual_window.py</extracomment>
      <translation>Seite des Handbuchs</translation>
    </message>
    <message>
      <source>Paint evidence stronger</source>
      <extracomment>cardio_desktop/ui/commands/evidence.py</extracomment>
      <translation>Evidenz kräftiger malen</translation>
    </message>
    <message>
      <source>Paint it fainter</source>
      <extracomment>cardio_desktop/ui/commands/evidence.py</extracomment>
      <translation>Evidenz blasser malen</translation>
    </message>
    <message>
      <source>Paint or hide the network's evidence</source>
      <extracomment>cardio_desktop/ui/commands/evidence.py</extracomment>
      <translation>Die Evidenz des Netzes zeigen oder verbergen</translation>
    </message>
    <message>
      <source>Paint what speaks for and against: {name}</source>
      <extracomment>cardio_desktop/ui/commands/evidence.py</extracomment>
      <translation>Zeigen, was dafür und dagegen spricht: {name}</translation>
    </message>
    <message>
      <source>Paper</source>
      <extracomment>cardio_desktop/ui/dialogs.py</extracomment>
      <translation>Papier</translation>
    </message>
    <message>
      <source>Paper speed {speed} mm/s</source>
      <extracomment>cardio_desktop/ui/commands/paper.py</extracomment>
      <translation>Papiervorschub {speed} mm/s</translation>
    </message>
    <message>
      <source>Patient</source>
      <extracomment>cardio_desktop/ui/lists/worklist_words.py</extracomment>
      <translation>Patient</translation>
    </message>
    <message>
      <source>Pause</source>
      <extracomment>cardio_desktop/ui/lists/worklist_panel.py</extracomment>
      <translation>Pause</translation>
    </message>
    <message>
      <source>Pause from (s)</source>
      <extracomment>cardio_desktop/ui/panels/holter_window.py</extracomment>
      <translation>Pause ab (s)</translation>
    </message>
    <message>
      <source>Picture written at true size: {file}</source>
      <extracomment>cardio_desktop/ui/commands/file.py</extracomment>
      <translation>Bild in wahrer Größe geschrieben: {file}</translation>
    </message>
    <message>
      <source>Pixels are square: the height follows the width</source>
      <extracomment>cardio_desktop/ui/paper/screen_dialog.py</extracomment>
      <translation>Pixel sind quadratisch: Die Höhe folgt der Breite</translation>
    </message>
    <message>
      <source>Place a &amp;caliper</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>&amp;Zirkel setzen</translation>
    </message>
    <message>
      <source>Place a caliper in the middle of the page: {what}</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>Einen Zirkel in die Seitenmitte setzen: {what}</translation>
    </message>
    <message>
      <source>Place a caliper on the frozen page; the mouse draws one</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>Einen Zirkel auf die angehaltene Seite setzen; die Maus zieht einen auf</translation>
    </message>
    <message>
      <source>Pre&amp;vious caliper</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>&amp;Voriger Zirkel</translation>
    </message>
    <message>
      <source>Press the whole record into one page</source>
      <extracomment>cardio_desktop/ui/commands/view.py</extracomment>
      <translation>Die ganze Aufzeichnung auf eine Seite stauchen</translation>
    </message>
    <message>
      <source>Previous beat that the network's evidence points at</source>
      <extracomment>cardio_desktop/ui/commands/go.py</extracomment>
      <translation>Voriger Schlag, auf den die Evidenz des Netzes weist</translation>
    </message>
    <message>
      <source>Previous r&amp;hythm lead</source>
      <extracomment>cardio_desktop/ui/commands/paper.py</extracomment>
      <translation>V&amp;orige Rhythmusableitung</translation>
    </message>
    <message>
      <source>Previous re&amp;cord</source>
      <extracomment>cardio_desktop/ui/commands/worklist.py</extracomment>
      <translation>Vorige Aufzei&amp;chnung</translation>
    </message>
    <message>
      <source>Previous unsi&amp;gned record</source>
      <extracomment>cardio_desktop/ui/commands/worklist.py</extracomment>
      <translation>V&amp;orige nicht signierte Aufzeichnung</translation>
    </message>
    <message>
      <source>Pri&amp;nt paper…</source>
      <extracomment>cardio_desktop/ui/commands/file.py</extracomment>
      <translation>Papie&amp;r drucken…</translation>
    </message>
    <message>
      <source>Print at true size</source>
      <extracomment>cardio_desktop/ui/paper/export.py</extracomment>
      <translation>In wahrer Größe drucken</translation>
    </message>
    <message>
      <source>Print report</source>
      <extracomment>cardio_desktop/ui/paper/report_print.py</extracomment>
      <translation>Bericht drucken</translation>
    </message>
    <message>
      <source>Print the comparison</source>
      <extracomment>cardio_desktop/ui/paper/comparison_print.py</extracomment>
      <translation>Vergleich drucken</translation>
    </message>
    <message>
      <source>Print the paper at true size, as it is shown</source>
      <extracomment>cardio_desktop/ui/commands/file.py</extracomment>
      <translation>Das Papier in wahrer Größe drucken, wie es zu sehen ist</translation>
    </message>
    <message>
      <source>Print the report's one page, with or without its annex; a preview comes first</source>
      <extracomment>cardio_desktop/ui/commands/file.py</extracomment>
      <translation>Die eine Seite des Berichts drucken, mit oder ohne Anhang; zuerst kommt eine Vorschau</translation>
    </message>
    <message>
      <source>Print…</source>
      <extracomment>cardio_desktop/ui/paper/comparison_window.py</extracomment>
      <translation>Drucken…</translation>
    </message>
    <message>
      <source>Probabilities (click for evidence)</source>
      <extracomment>cardio_desktop/ui/panels/findings_panel.py</extracomment>
      <translation>Wahrscheinlichkeiten (Klick zeigt Evidenz)</translation>
    </message>
    <message>
      <source>Problem</source>
      <extracomment>cardio_desktop/ui/message_bar.py</extracomment>
      <translation>Problem</translation>
    </message>
    <message>
      <source>Progress of the analysis</source>
      <extracomment>cardio_desktop/ui/lists/worklist_panel.py</extracomment>
      <translation>Fortschritt der Analyse</translation>
    </message>
    <message>
      <source>Progress through the whole record</source>
      <extracomment>cardio_desktop/ui/paper/overview_bar.py</extracomment>
      <translation>Fortschritt durch die ganze Aufzeichnung</translation>
    </message>
    <message>
      <source>Put another record beside this one or over it, with what has changed</source>
      <extracomment>cardio_desktop/ui/commands/comparison.py</extracomment>
      <translation>Eine andere Aufzeichnung daneben oder darüber legen, mit dem, was sich geändert hat</translation>
    </message>
    <message>
      <source>Put the caliper on the next lead</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>Den Zirkel auf die nächste Ableitung setzen</translation>
    </message>
    <message>
      <source>Put the keyboard into the findings panel</source>
      <extracomment>cardio_desktop/ui/commands/panels.py</extracomment>
      <translation>Die Tastatur in das Ergebnisfeld setzen</translation>
    </message>
    <message>
      <source>Put the keyboard on the earlier ECGs of this patient; Enter compares with one</source>
      <extracomment>cardio_desktop/ui/commands/comparison.py</extracomment>
      <translation>Die Tastatur zu den früheren EKGs dieses Patienten führen; Eingabe vergleicht mit einem</translation>
    </message>
    <message>
      <source>Put the keyboard onto the paper</source>
      <extracomment>cardio_desktop/ui/commands/panels.py</extracomment>
      <translation>Die Tastatur auf das Papier setzen</translation>
    </message>
    <message>
      <source>QRS ms</source>
      <extracomment>cardio_desktop/ui/panels/sections/strip.py</extracomment>
      <translation>QRS ms</translation>
    </message>
    <message>
      <source>QT / QTc ms</source>
      <extracomment>cardio_desktop/ui/panels/sections/strip.py</extracomment>
      <translation>QT / QTc ms</translation>
    </message>
    <message>
      <source>QT and QTc by mouse</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>QT und QTc mit der Maus</translation>
    </message>
    <message>
      <source>QT as measured; move its ends with Alt and the arrows, X for the other end.</source>
      <extracomment>cardio_desktop/app/caliper_work.py</extracomment>
      <translation>QT wie gemessen; Alt und Pfeile bewegen seine Enden, X wählt das andere Ende.</translation>
    </message>
    <message>
      <source>QT caliper</source>
      <extracomment>cardio_desktop/app/caliper_work.py</extracomment>
      <translation>QT-Zirkel</translation>
    </message>
    <message>
      <source>QT with four corrections</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>QT mit vier Korrekturen</translation>
    </message>
    <message>
      <source>Quantity</source>
      <extracomment>cardio_desktop/ui/paper/comparison_print.py, cardio_desktop/ui/paper/comparison_window.py</extracomment>
      <translation>Größe</translation>
    </message>
    <message>
      <source>R on R, against the PR baseline; one small square is {ms} ms and {mv} mV</source>
      <extracomment>cardio_desktop/ui/paper/comparison_beats.py</extracomment>
      <translation>R auf R, gegen die PQ-Grundlinie; ein kleines Quadrat sind {ms} ms und {mv} mV</translation>
    </message>
    <message>
      <source>R&amp;ead first</source>
      <extracomment>cardio_desktop/ui/commands/reading.py</extracomment>
      <translation>Erst selbst &amp;befunden</translation>
    </message>
    <message>
      <source>Raise the gain</source>
      <extracomment>cardio_desktop/ui/commands/paper.py, cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>Die Verstärkung erhöhen</translation>
    </message>
    <message>
      <source>Raise the paper speed</source>
      <extracomment>cardio_desktop/ui/commands/paper.py, cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>Den Papiervorschub erhöhen</translation>
    </message>
    <message>
      <source>Raise the strength below which evidence is not painted</source>
      <extracomment>cardio_desktop/ui/commands/evidence.py</extracomment>
      <translation>Die Stärke anheben, unter der Evidenz nicht gemalt wird</translation>
    </message>
    <message>
      <source>Rate</source>
      <extracomment>cardio_desktop/ui/lists/worklist_words.py, cardio_desktop/ui/paper/overview_content.py</extracomment>
      <translation>Frequenz</translation>
    </message>
    <message>
      <source>Rate /min</source>
      <extracomment>cardio_desktop/ui/panels/sections/strip.py</extracomment>
      <translation>Frequenz /min</translation>
    </message>
    <message>
      <source>Rate, intervals and axes</source>
      <extracomment>cardio_desktop/ui/panels/sections/strip.py</extracomment>
      <translation>Frequenz, Intervalle und Achsen</translation>
    </message>
    <message>
      <source>Rates over (intervals)</source>
      <extracomment>cardio_desktop/ui/panels/holter_window.py</extracomment>
      <translation>Frequenzen über (Abstände)</translation>
    </message>
    <message>
      <source>Read</source>
      <extracomment>cardio_desktop/ui/lists/worklist_panel.py</extracomment>
      <translation>Gelesen</translation>
    </message>
    <message>
      <source>Read first</source>
      <extracomment>cardio_desktop/ui/panels/sections/reading.py</extracomment>
      <translation>Erst selbst befunden</translation>
    </message>
    <message>
      <source>Read first: an opinion that is seen first is too easily agreed with</source>
      <extracomment>cardio_desktop/ui/panels/sections/reading.py</extracomment>
      <translation>Erst selbst befunden: Einer zuerst gesehenen Meinung stimmt man zu leicht zu</translation>
    </message>
    <message>
      <source>Read the ECG first. {ready} They stay hidden until you ask for them.</source>
      <extracomment>cardio_desktop/ui/panels/sections/reading.py</extracomment>
      <translation>Befunden Sie zuerst das EKG. {ready} Die Ergebnisse bleiben verdeckt, bis Sie sie verlangen.</translation>
    </message>
    <message>
      <source>Read the manual, offline</source>
      <extracomment>cardio_desktop/ui/commands/help.py</extracomment>
      <translation>Das Handbuch lesen, ohne Netz</translation>
    </message>
    <message>
      <source>Read the program's conclusion first, then press again.</source>
      <extracomment>cardio_desktop/ui/commands/signing.py</extracomment>
      <translation>Lesen Sie zuerst die Beurteilung des Programms und drücken Sie dann noch einmal.</translation>
    </message>
    <message>
      <source>Read the whole record</source>
      <extracomment>cardio_desktop/ui/panels/holter_window.py</extracomment>
      <translation>Ganze Aufzeichnung lesen</translation>
    </message>
    <message>
      <source>Read the whole record as a Holter reader does: hours, events, the worst of each kind, a report</source>
      <extracomment>cardio_desktop/ui/commands/long.py</extracomment>
      <translation>Die ganze Aufzeichnung als Langzeit-EKG lesen: Stunden, Ereignisse, das Ausgeprägteste jeder Art, ein Bericht</translation>
    </message>
    <message>
      <source>Read, not signed</source>
      <extracomment>cardio_desktop/app/signed_words.py</extracomment>
      <translation>Gelesen, nicht signiert</translation>
    </message>
    <message>
      <source>Reader</source>
      <extracomment>cardio_desktop/ui/lists/worklist_words.py</extracomment>
      <translation>Leser</translation>
    </message>
    <message>
      <source>Reading</source>
      <extracomment>cardio_desktop/ui/toolbar.py</extracomment>
      <translation>Befunden</translation>
    </message>
    <message>
      <source>Reading of the ruler</source>
      <extracomment>cardio_desktop/ui/paper/screen_dialog.py</extracomment>
      <translation>Ablesung am Lineal</translation>
    </message>
    <message>
      <source>Reading {file}…</source>
      <extracomment>cardio_desktop/ui/panels/holter_window.py</extracomment>
      <translation>{file} wird gelesen…</translation>
    </message>
    <message>
      <source>Record</source>
      <extracomment>cardio_desktop/ui/lists/worklist_words.py</extracomment>
      <translation>Aufzeichnung</translation>
    </message>
    <message>
      <source>Recorded</source>
      <extracomment>cardio_desktop/ui/lists/worklist_words.py</extracomment>
      <translation>Aufgezeichnet</translation>
    </message>
    <message>
      <source>Recordings that can grow</source>
      <extracomment>cardio_desktop/ui/live/follow_dialog.py</extracomment>
      <translation>Aufzeichnungen, die wachsen können</translation>
    </message>
    <message>
      <source>Redo</source>
      <extracomment>cardio_desktop/ui/panels/holter_window.py</extracomment>
      <translation>Wiederholen</translation>
    </message>
    <message>
      <source>Reject or accept the event (R)</source>
      <extracomment>cardio_desktop/ui/panels/holter_window.py</extracomment>
      <translation>Ereignis verwerfen oder annehmen (R)</translation>
    </message>
    <message>
      <source>Remark</source>
      <extracomment>cardio_desktop/ui/lists/worklist_words.py</extracomment>
      <translation>Bemerkung</translation>
    </message>
    <message>
      <source>Remarks on the folder</source>
      <extracomment>cardio_desktop/ui/lists/worklist_panel.py</extracomment>
      <translation>Bemerkungen zum Ordner</translation>
    </message>
    <message>
      <source>Remembered for: {screen}</source>
      <extracomment>cardio_desktop/ui/paper/screen_dialog.py</extracomment>
      <translation>Gemerkt für: {screen}</translation>
    </message>
    <message>
      <source>Remove</source>
      <extracomment>cardio_desktop/ui/statement_dialog.py</extracomment>
      <translation>Entfernen</translation>
    </message>
    <message>
      <source>Remove &amp;all calipers</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>&amp;Alle Zirkel entfernen</translation>
    </message>
    <message>
      <source>Remove every caliper of this record</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>Jeden Zirkel dieser Aufzeichnung entfernen</translation>
    </message>
    <message>
      <source>Remove the &amp;baseline's wander</source>
      <extracomment>cardio_desktop/ui/commands/paper.py</extracomment>
      <translation>&amp;Grundlinienschwankung entfernen</translation>
    </message>
    <message>
      <source>Remove the marks of the chosen sentence from the paper</source>
      <extracomment>cardio_desktop/ui/commands/reading.py</extracomment>
      <translation>Die Markierungen des gewählten Satzes vom Papier nehmen</translation>
    </message>
    <message>
      <source>Remove the selected caliper or beat</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>Den gewählten Zirkel oder Schlag entfernen</translation>
    </message>
    <message>
      <source>Reopen</source>
      <extracomment>cardio_desktop/ui/reopen.py</extracomment>
      <translation>Wieder öffnen</translation>
    </message>
    <message>
      <source>Replace the detector's beats by those that the file marks</source>
      <extracomment>cardio_desktop/ui/commands/beats.py</extracomment>
      <translation>Die Schläge des Detektors durch die der Datei ersetzen</translation>
    </message>
    <message>
      <source>Report a problem</source>
      <extracomment>cardio_desktop/ui/problem_dialog.py</extracomment>
      <translation>Störung melden</translation>
    </message>
    <message>
      <source>Report as PDF in a DICOM file</source>
      <extracomment>cardio_desktop/ui/commands/hand_out.py</extracomment>
      <translation>Bericht als PDF in einer DICOM-Datei</translation>
    </message>
    <message>
      <source>Report written: {file}</source>
      <extracomment>cardio_desktop/ui/main_window.py</extracomment>
      <translation>Bericht geschrieben: {file}</translation>
    </message>
    <message>
      <source>Results</source>
      <extracomment>cardio_desktop/ui/commands/hand_out.py</extracomment>
      <translation>Ergebnisse</translation>
    </message>
    <message>
      <source>Return inserts, Shift+Return inserts and stays, Ctrl+D makes a favourite or takes it back.</source>
      <extracomment>cardio_desktop/ui/statement_dialog.py</extracomment>
      <translation>Enter fügt ein, Umschalt+Enter fügt ein und bleibt, Strg+D macht zum Favoriten oder nimmt das zurück.</translation>
    </message>
    <message>
      <source>Rhythm</source>
      <extracomment>cardio_desktop/app/opinions.py, cardio_desktop/ui/live/vitals.py, cardio_desktop/ui/panels/sections/measurements.py, cardio_desktop/ui/toolbar.py</extracomment>
      <translation>Rhythmus</translation>
    </message>
    <message>
      <source>Rhythm, line after line</source>
      <extracomment>fixed tables</extracomment>
      <translation>Rhythmus, Zeile um Zeile</translation>
    </message>
    <message>
      <source>Risk</source>
      <extracomment>cardio_desktop/ui/lists/worklist_words.py</extracomment>
      <translation>Risiko</translation>
    </message>
    <message>
      <source>Risk tier</source>
      <extracomment>cardio_desktop/app/opinions.py, cardio_desktop/ui/panels/sections/machine.py</extracomment>
      <translation>Risikostufe</translation>
    </message>
    <message>
      <source>Role</source>
      <extracomment>cardio_desktop/ui/sign_dialog.py</extracomment>
      <translation>Rolle</translation>
    </message>
    <message>
      <source>Run from (beats)</source>
      <extracomment>cardio_desktop/ui/panels/holter_window.py</extracomment>
      <translation>Salve ab (Schläge)</translation>
    </message>
    <message>
      <source>Run quality, beats and network again</source>
      <extracomment>cardio_desktop/ui/commands/file.py</extracomment>
      <translation>Qualität, Schläge und Netz erneut bestimmen</translation>
    </message>
    <message>
      <source>Run them on the stretch that is shown</source>
      <extracomment>cardio_desktop/ui/commands/file.py</extracomment>
      <translation>Den gezeigten Abschnitt analysieren</translation>
    </message>
    <message>
      <source>S&amp;maller waves</source>
      <extracomment>cardio_desktop/ui/commands/paper.py, cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>&amp;Niedrigere Kurven</translation>
    </message>
    <message>
      <source>S&amp;nap to waves and samples</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>An Wellen und Messwerten &amp;einrasten</translation>
    </message>
    <message>
      <source>S&amp;trongest place</source>
      <extracomment>cardio_desktop/ui/commands/evidence.py</extracomment>
      <translation>&amp;Stärkste Stelle</translation>
    </message>
    <message>
      <source>SIMULATED</source>
      <extracomment>cardio_desktop/render/sheet.py, cardio_desktop/ui/live/vitals.py</extracomment>
      <translation>SIMULIERT</translation>
    </message>
    <message>
      <source>ST segment</source>
      <extracomment>cardio_desktop/ui/panels/sections/words.py</extracomment>
      <translation>ST-Strecke</translation>
    </message>
    <message>
      <source>ST shift for (s)</source>
      <extracomment>cardio_desktop/ui/panels/holter_window.py</extracomment>
      <translation>ST-Verschiebung über (s)</translation>
    </message>
    <message>
      <source>ST shift from (mV)</source>
      <extracomment>cardio_desktop/ui/panels/holter_window.py</extracomment>
      <translation>ST-Verschiebung ab (mV)</translation>
    </message>
    <message>
      <source>Samples a second</source>
      <extracomment>cardio_desktop/ui/options_dialog.py</extracomment>
      <translation>Werte je Sekunde</translation>
    </message>
    <message>
      <source>Save ECG as</source>
      <extracomment>cardio_desktop/ui/commands/save_as.py</extracomment>
      <translation>EKG speichern unter</translation>
    </message>
    <message>
      <source>Save PDF &amp;report…</source>
      <extracomment>cardio_desktop/ui/commands/file.py</extracomment>
      <translation>PDF-&amp;Bericht speichern…</translation>
    </message>
    <message>
      <source>Save PDF report</source>
      <extracomment>cardio_desktop/ui/dialogs.py</extracomment>
      <translation>PDF-Bericht speichern</translation>
    </message>
    <message>
      <source>Save all (JSON)…</source>
      <extracomment>cardio_desktop/ui/panels/holter_window.py</extracomment>
      <translation>Alles speichern (JSON)…</translation>
    </message>
    <message>
      <source>Save as CSV</source>
      <extracomment>cardio_desktop/ui/commands/audit_view.py</extracomment>
      <translation>Als CSV speichern</translation>
    </message>
    <message>
      <source>Save as CSV…</source>
      <extracomment>cardio_desktop/ui/commands/audit_view.py</extracomment>
      <translation>Als CSV speichern…</translation>
    </message>
    <message>
      <source>Save as PDF…</source>
      <extracomment>cardio_desktop/ui/paper/comparison_window.py</extracomment>
      <translation>Als PDF speichern…</translation>
    </message>
    <message>
      <source>Save beats</source>
      <extracomment>cardio_desktop/ui/commands/save_beats.py</extracomment>
      <translation>Schläge speichern</translation>
    </message>
    <message>
      <source>Save beats as WFDB annotations</source>
      <extracomment>cardio_desktop/ui/commands/save_beats.py</extracomment>
      <translation>Schläge als WFDB-Annotationen speichern</translation>
    </message>
    <message>
      <source>Save pictur&amp;e…</source>
      <extracomment>cardio_desktop/ui/commands/file.py</extracomment>
      <translation>Bi&amp;ld speichern…</translation>
    </message>
    <message>
      <source>Save report (PDF)…</source>
      <extracomment>cardio_desktop/ui/panels/holter_window.py</extracomment>
      <translation>Bericht speichern (PDF)…</translation>
    </message>
    <message>
      <source>Save table (CSV)…</source>
      <extracomment>cardio_desktop/ui/panels/holter_window.py</extracomment>
      <translation>Tabelle speichern (CSV)…</translation>
    </message>
    <message>
      <source>Save the Holter reading</source>
      <extracomment>cardio_desktop/ui/panels/holter_window.py</extracomment>
      <translation>Langzeit-EKG speichern</translation>
    </message>
    <message>
      <source>Save the comparison</source>
      <extracomment>cardio_desktop/ui/paper/comparison_print.py</extracomment>
      <translation>Vergleich speichern</translation>
    </message>
    <message>
      <source>Save the paper as a picture</source>
      <extracomment>cardio_desktop/ui/commands/file.py</extracomment>
      <translation>Das Papier als Bild speichern</translation>
    </message>
    <message>
      <source>Scores of the network</source>
      <extracomment>cardio_desktop/ui/panels/findings_panel.py</extracomment>
      <translation>Werte des Netzes</translation>
    </message>
    <message>
      <source>Screen cali&amp;bration…</source>
      <extracomment>cardio_desktop/ui/commands/view.py</extracomment>
      <translation>Bildschir&amp;mkalibrierung…</translation>
    </message>
    <message>
      <source>Screen calibration</source>
      <extracomment>cardio_desktop/ui/paper/screen_dialog.py</extracomment>
      <translation>Bildschirmkalibrierung</translation>
    </message>
    <message>
      <source>Search a command or key</source>
      <extracomment>cardio_desktop/ui/commands/palette.py</extracomment>
      <translation>Befehl oder Taste suchen</translation>
    </message>
    <message>
      <source>Search a statement</source>
      <extracomment>cardio_desktop/ui/statement_dialog.py</extracomment>
      <translation>Aussage suchen</translation>
    </message>
    <message>
      <source>Search the manual</source>
      <extracomment>cardio_desktop/ui/manual_window.py</extracomment>
      <translation>Im Handbuch suchen</translation>
    </message>
    <message>
      <source>Search, such as a name, a date or what was done</source>
      <extracomment>cardio_desktop/ui/commands/audit_view.py</extracomment>
      <translation>Suchen, etwa nach Namen, Datum oder Vorgang</translation>
    </message>
    <message>
      <source>Search: any word, acronym, SCP-ECG code or AHA number</source>
      <extracomment>cardio_desktop/ui/statement_dialog.py</extracomment>
      <translation>Suche: ein Wort, Kürzel, SCP-ECG-Code oder eine AHA-Nummer</translation>
    </message>
    <message>
      <source>Second reader…</source>
      <extracomment>cardio_desktop/ui/commands/signing.py</extracomment>
      <translation>Zweitbefunder…</translation>
    </message>
    <message>
      <source>Secondary: less well calibrated than the five classes. Click for its evidence.</source>
      <extracomment>cardio_desktop/ui/panels/sections/lists.py</extracomment>
      <translation>Nachrangig: weniger gut kalibriert als die fünf Klassen. Klick zeigt die Evidenz.</translation>
    </message>
    <message>
      <source>Select the next caliper</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>Den nächsten Zirkel wählen</translation>
    </message>
    <message>
      <source>Select the previous caliper</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>Den vorigen Zirkel wählen</translation>
    </message>
    <message>
      <source>Sent to the printer at true size; its dialog must say 100 %, not “fit to page”.</source>
      <extracomment>cardio_desktop/ui/commands/file.py, cardio_desktop/ui/paper/export.py</extracomment>
      <translation>In wahrer Größe an den Drucker gesendet; sein Dialog muss 100 % sagen, nicht „an Seite anpassen“.</translation>
    </message>
    <message>
      <source>Shape</source>
      <extracomment>cardio_desktop/ui/panels/holter_shapes.py</extracomment>
      <translation>Form</translation>
    </message>
    <message>
      <source>Shapes of beats</source>
      <extracomment>cardio_desktop/ui/panels/holter_shapes.py, cardio_desktop/ui/panels/holter_window.py</extracomment>
      <translation>Formen der Schläge</translation>
    </message>
    <message>
      <source>Show &amp;evidence</source>
      <extracomment>cardio_desktop/ui/commands/evidence.py</extracomment>
      <translation>&amp;Evidenz zeigen</translation>
    </message>
    <message>
      <source>Show a file while a recorder writes it: EDF, BDF, WFDB or a table</source>
      <extracomment>cardio_desktop/ui/commands/live.py</extracomment>
      <translation>Eine Datei zeigen, während ein Rekorder sie schreibt: EDF, BDF, WFDB oder eine Tabelle</translation>
    </message>
    <message>
      <source>Show a stream of the Lab Streaming Layer, of this computer or of others that are named</source>
      <extracomment>cardio_desktop/ui/commands/live.py</extracomment>
      <translation>Einen Strom des Lab Streaming Layer zeigen, von diesem Rechner oder von anderen, die genannt sind</translation>
    </message>
    <message>
      <source>Show all findings</source>
      <extracomment>cardio_desktop/ui/lists/filter_bar.py</extracomment>
      <translation>Alle Ergebnisse zeigen</translation>
    </message>
    <message>
      <source>Show behind the trace what spoke for the network's opinion, or not</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>Hinter der Kurve zeigen, was für die Meinung des Netzes sprach, oder nicht</translation>
    </message>
    <message>
      <source>Show name and state only while a record is read (Ctrl+F8)</source>
      <extracomment>cardio_desktop/ui/lists/worklist_panel.py</extracomment>
      <translation>Nur Namen und Zustand zeigen, während eine Aufzeichnung gelesen wird (Strg+F8)</translation>
    </message>
    <message>
      <source>Show only names and states of the worklist while a record is read</source>
      <extracomment>cardio_desktop/ui/commands/worklist.py</extracomment>
      <translation>Von der Arbeitsliste nur Namen und Zustände zeigen, während eine Aufzeichnung gelesen wird</translation>
    </message>
    <message>
      <source>Show or hide the evidence tools</source>
      <extracomment>cardio_desktop/ui/panels/docks.py</extracomment>
      <translation>Die Evidenzwerkzeuge zeigen oder verbergen</translation>
    </message>
    <message>
      <source>Show or hide the findings</source>
      <extracomment>cardio_desktop/ui/panels/docks.py</extracomment>
      <translation>Die Ergebnisse zeigen oder verbergen</translation>
    </message>
    <message>
      <source>Show or hide the median beat</source>
      <extracomment>cardio_desktop/ui/panels/docks.py</extracomment>
      <translation>Den Medianschlag zeigen oder verbergen</translation>
    </message>
    <message>
      <source>Show or hide the whole record under the paper</source>
      <extracomment>cardio_desktop/ui/commands/long.py</extracomment>
      <translation>Die ganze Aufzeichnung unter dem Papier zeigen oder verbergen</translation>
    </message>
    <message>
      <source>Show or hide the worklist</source>
      <extracomment>cardio_desktop/ui/commands/worklist.py</extracomment>
      <translation>Die Arbeitsliste zeigen oder verbergen</translation>
    </message>
    <message>
      <source>Show the &amp;findings</source>
      <extracomment>cardio_desktop/ui/commands/reading.py</extracomment>
      <translation>&amp;Ergebnisse zeigen</translation>
    </message>
    <message>
      <source>Show the findings (F2)</source>
      <extracomment>cardio_desktop/ui/critical_bar.py, cardio_desktop/ui/panels/sections/reading.py</extracomment>
      <translation>Ergebnisse zeigen (F2)</translation>
    </message>
    <message>
      <source>Show the findings of both</source>
      <extracomment>cardio_desktop/ui/paper/comparison_window.py</extracomment>
      <translation>Ergebnisse beider zeigen</translation>
    </message>
    <message>
      <source>Show the leads as {layout}</source>
      <extracomment>cardio_desktop/ui/commands/paper.py</extracomment>
      <translation>Die Ableitungen zeigen als {layout}</translation>
    </message>
    <message>
      <source>Show the leads in two columns, or below one another</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>Die Ableitungen in zwei Spalten zeigen oder untereinander</translation>
    </message>
    <message>
      <source>Show the risk tiers before reading and sort by them; the findings behind them stay hidden</source>
      <extracomment>cardio_desktop/ui/commands/worklist.py, cardio_desktop/ui/lists/filter_bar.py</extracomment>
      <translation>Die Risikostufen vor dem Befunden zeigen und danach sortieren; die Ergebnisse dahinter bleiben verdeckt</translation>
    </message>
    <message>
      <source>Show the traces with the display filter or as they were recorded; measurement never uses it</source>
      <extracomment>cardio_desktop/ui/commands/paper.py</extracomment>
      <translation>Die Kurven mit Anzeigefilter oder wie aufgezeichnet zeigen; gemessen wird nie mit ihm</translation>
    </message>
    <message>
      <source>Show the whole list always (Ctrl+F8)</source>
      <extracomment>cardio_desktop/ui/lists/worklist_panel.py</extracomment>
      <translation>Immer die ganze Liste zeigen (Strg+F8)</translation>
    </message>
    <message>
      <source>Show the whole width of the page</source>
      <extracomment>cardio_desktop/ui/commands/view.py</extracomment>
      <translation>Die ganze Breite der Seite zeigen</translation>
    </message>
    <message>
      <source>Show tiers</source>
      <extracomment>cardio_desktop/ui/lists/filter_bar.py</extracomment>
      <translation>Risiko zeigen</translation>
    </message>
    <message>
      <source>Show what the program found at once, before you have read: of every record</source>
      <extracomment>cardio_desktop/ui/lists/filter_bar.py</extracomment>
      <translation>Was das Programm gefunden hat sofort zeigen, bevor Sie gelesen haben: bei jeder Aufzeichnung</translation>
    </message>
    <message>
      <source>Show what the program found in this record</source>
      <extracomment>cardio_desktop/ui/panels/sections/reading.py</extracomment>
      <translation>Zeigen, was das Programm in dieser Aufzeichnung fand</translation>
    </message>
    <message>
      <source>Show what the program found, or hide it again</source>
      <extracomment>cardio_desktop/ui/commands/reading.py</extracomment>
      <translation>Zeigen, was das Programm fand, oder wieder verdecken</translation>
    </message>
    <message>
      <source>Shrink the paper</source>
      <extracomment>cardio_desktop/ui/commands/view.py</extracomment>
      <translation>Das Papier verkleinern</translation>
    </message>
    <message>
      <source>Side by side</source>
      <extracomment>cardio_desktop/ui/paper/comparison_window.py</extracomment>
      <translation>Nebeneinander</translation>
    </message>
    <message>
      <source>Sign</source>
      <extracomment>cardio_desktop/ui/sign_dialog.py</extracomment>
      <translation>Signieren</translation>
    </message>
    <message>
      <source>Sign &amp;otherwise…</source>
      <extracomment>cardio_desktop/ui/commands/signing.py</extracomment>
      <translation>Anders si&amp;gnieren…</translation>
    </message>
    <message>
      <source>Sign the addendum</source>
      <extracomment>cardio_desktop/ui/sign_dialog.py</extracomment>
      <translation>Nachtrag signieren</translation>
    </message>
    <message>
      <source>Sign under another name, as second reader, or as over-read</source>
      <extracomment>cardio_desktop/ui/commands/signing.py</extracomment>
      <translation>Unter anderem Namen, als Zweitbefunder oder als Nachbefundung signieren</translation>
    </message>
    <message>
      <source>Sign your conclusion and go on to the next unsigned record</source>
      <extracomment>cardio_desktop/ui/commands/signing.py</extracomment>
      <translation>Ihre Beurteilung signieren und zur nächsten nicht signierten Aufzeichnung gehen</translation>
    </message>
    <message>
      <source>Signal quality</source>
      <extracomment>cardio_desktop/ui/panels/sections/quality.py</extracomment>
      <translation>Signalqualität</translation>
    </message>
    <message>
      <source>Signal quality by lead</source>
      <extracomment>cardio_desktop/ui/panels/sections/quality.py</extracomment>
      <translation>Signalqualität je Ableitung</translation>
    </message>
    <message>
      <source>Signed</source>
      <extracomment>cardio_desktop/app/signed_words.py</extracomment>
      <translation>Signiert</translation>
    </message>
    <message>
      <source>Signed, amended</source>
      <extracomment>cardio_desktop/app/signed_words.py</extracomment>
      <translation>Signiert, ergänzt</translation>
    </message>
    <message>
      <source>Signed. There is no further unsigned record that way in the list as it is shown.</source>
      <extracomment>cardio_desktop/ui/commands/signing.py</extracomment>
      <translation>Signiert. In der Liste, wie sie gezeigt wird, folgt keine weitere nicht signierte Aufzeichnung.</translation>
    </message>
    <message>
      <source>Signed. {signature}</source>
      <extracomment>cardio_desktop/ui/commands/signing.py</extracomment>
      <translation>Signiert. {signature}</translation>
    </message>
    <message>
      <source>Single beats</source>
      <extracomment>cardio_desktop/ui/panels/median_view.py</extracomment>
      <translation>Einzelschläge</translation>
    </message>
    <message>
      <source>Single lead</source>
      <extracomment>fixed tables</extracomment>
      <translation>Einzelne Ableitung</translation>
    </message>
    <message>
      <source>Slo&amp;wer paper</source>
      <extracomment>cardio_desktop/ui/commands/paper.py, cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>&amp;Langsamerer Vorschub</translation>
    </message>
    <message>
      <source>Slow below (/min)</source>
      <extracomment>cardio_desktop/ui/panels/holter_window.py</extracomment>
      <translation>Langsam unter (/min)</translation>
    </message>
    <message>
      <source>Small picture of the trace</source>
      <extracomment>cardio_desktop/ui/lists/worklist_model.py</extracomment>
      <translation>Kleines Bild der Kurve</translation>
    </message>
    <message>
      <source>Smaller letters</source>
      <extracomment>cardio_desktop/ui/commands/look.py</extracomment>
      <translation>Kleinere Schrift</translation>
    </message>
    <message>
      <source>Speed</source>
      <extracomment>cardio_desktop/ui/toolbar.py</extracomment>
      <translation>Vorschub</translation>
    </message>
    <message>
      <source>Stands for</source>
      <extracomment>cardio_desktop/ui/statement_dialog.py</extracomment>
      <translation>Steht für</translation>
    </message>
    <message>
      <source>Start no further record for now</source>
      <extracomment>cardio_desktop/ui/lists/worklist_panel.py</extracomment>
      <translation>Vorerst keine weitere Aufzeichnung beginnen</translation>
    </message>
    <message>
      <source>State</source>
      <extracomment>cardio_desktop/ui/lists/worklist_words.py</extracomment>
      <translation>Zustand</translation>
    </message>
    <message>
      <source>State of the reading</source>
      <extracomment>cardio_desktop/ui/panels/sections/conclusion.py</extracomment>
      <translation>Stand der Befundung</translation>
    </message>
    <message>
      <source>Statement</source>
      <extracomment>cardio_desktop/ui/statement_dialog.py</extracomment>
      <translation>Aussage</translation>
    </message>
    <message>
      <source>Statements</source>
      <extracomment>cardio_desktop/ui/statement_dialog.py</extracomment>
      <translation>Aussagen</translation>
    </message>
    <message>
      <source>Statements (click for evidence)</source>
      <extracomment>cardio_desktop/ui/panels/sections/lists.py</extracomment>
      <translation>Aussagen (Klick zeigt Evidenz)</translation>
    </message>
    <message>
      <source>Stop</source>
      <extracomment>cardio_desktop/ui/lists/worklist_panel.py, cardio_desktop/ui/panels/holter_window.py, cardio_desktop/ui/paper/overview_bar.py</extracomment>
      <translation>Anhalten</translation>
    </message>
    <message>
      <source>Stop listing and analysing; what is known stays</source>
      <extracomment>cardio_desktop/ui/lists/worklist_panel.py</extracomment>
      <translation>Auflisten und Analysieren beenden; Bekanntes bleibt</translation>
    </message>
    <message>
      <source>Stop what is running; otherwise let go of caliper and tool, then of what is marked</source>
      <extracomment>cardio_desktop/ui/commands/file.py</extracomment>
      <translation>Abbrechen, was läuft; sonst Zirkel und Werkzeug loslassen, dann Markiertes</translation>
    </message>
    <message>
      <source>Streams</source>
      <extracomment>cardio_desktop/ui/live/follow_dialog.py</extracomment>
      <translation>Ströme</translation>
    </message>
    <message>
      <source>Strongest evidence for {name}: {lead} at {time} s</source>
      <extracomment>cardio_desktop/ui/commands/evidence_tools.py</extracomment>
      <translation>Stärkste Evidenz für {name}: {lead} bei {time} s</translation>
    </message>
    <message>
      <source>Summing up {file}</source>
      <extracomment>cardio_desktop/app/holter.py</extracomment>
      <translation>{file} wird zusammengezählt</translation>
    </message>
    <message>
      <source>Superimposed</source>
      <extracomment>cardio_desktop/ui/paper/comparison_window.py</extracomment>
      <translation>Überlagert</translation>
    </message>
    <message>
      <source>Supraventricular beats early by (share)</source>
      <extracomment>cardio_desktop/ui/panels/holter_window.py</extracomment>
      <translation>SVES zu früh um (Anteil)</translation>
    </message>
    <message>
      <source>T wave</source>
      <extracomment>cardio_desktop/ui/panels/sections/words.py</extracomment>
      <translation>T-Welle</translation>
    </message>
    <message>
      <source>Ta&amp;ke the marks of the sentence away</source>
      <extracomment>cardio_desktop/ui/commands/reading.py</extracomment>
      <translation>&amp;Marken des Satzes wegnehmen</translation>
    </message>
    <message>
      <source>Take changes back</source>
      <extracomment>cardio_desktop/ui/panels/sections/opinion.py</extracomment>
      <translation>Änderungen zurücknehmen</translation>
    </message>
    <message>
      <source>Take every change of a beat back</source>
      <extracomment>cardio_desktop/ui/commands/beats.py</extracomment>
      <translation>Alle Änderungen an Schlägen zurücknehmen</translation>
    </message>
    <message>
      <source>Take over the &amp;file's beats</source>
      <extracomment>cardio_desktop/ui/commands/beats.py</extracomment>
      <translation>Schläge der &amp;Datei übernehmen</translation>
    </message>
    <message>
      <source>Take the caliper away</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>Den Zirkel entfernen</translation>
    </message>
    <message>
      <source>Take the last change of calipers or beats back</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>Die letzte Änderung an Zirkeln oder Schlägen zurücknehmen</translation>
    </message>
    <message>
      <source>Take the program's line over as your conclusion, to be edited or signed</source>
      <extracomment>cardio_desktop/ui/commands/signing.py</extracomment>
      <translation>Die Zeile des Programms als Ihre Beurteilung übernehmen, zum Ändern oder Signieren</translation>
    </message>
    <message>
      <source>Take the program's line over, sign it, and go on to the next unsigned record</source>
      <extracomment>cardio_desktop/ui/commands/signing.py</extracomment>
      <translation>Die Zeile des Programms übernehmen, signieren und zur nächsten nicht signierten Aufzeichnung gehen</translation>
    </message>
    <message>
      <source>Tell how large a millimetre is on this screen</source>
      <extracomment>cardio_desktop/ui/commands/view.py</extracomment>
      <translation>Festlegen, wie groß ein Millimeter auf diesem Bildschirm ist</translation>
    </message>
    <message>
      <source>Ten samples ea&amp;rlier</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>Zehn A&amp;btastwerte nach links</translation>
    </message>
    <message>
      <source>Ten samples earlier</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>Zehn Messwerte früher</translation>
    </message>
    <message>
      <source>Ten samples la&amp;ter</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>Zehn Abtastwerte nach re&amp;chts</translation>
    </message>
    <message>
      <source>Ten samples later</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>Zehn Messwerte später</translation>
    </message>
    <message>
      <source>Ten secon&amp;ds</source>
      <extracomment>cardio_desktop/ui/commands/view.py</extracomment>
      <translation>Zehn &amp;Sekunden</translation>
    </message>
    <message>
      <source>That was quicker than the line can be read; press again to sign it.</source>
      <extracomment>cardio_desktop/ui/commands/signing.py</extracomment>
      <translation>Das war schneller, als die Zeile gelesen werden kann; zum Signieren noch einmal drücken.</translation>
    </message>
    <message>
      <source>The addendum is signed.</source>
      <extracomment>cardio_desktop/ui/commands/signing.py</extracomment>
      <translation>Der Nachtrag ist signiert.</translation>
    </message>
    <message>
      <source>The audit trail on this computer is not the one that the clinic's database holds of it: the data folder was put back to an earlier day, or entries were removed. A new chain was begun; tell your administrator.</source>
      <extracomment>cardio_desktop/app/clinic_words.py</extracomment>
      <translation>Die Prüfspur auf diesem Rechner ist nicht die, welche die Datenbank der Klinik von ihm hat: Der Datenordner wurde auf einen früheren Tag zurückgesetzt, oder Einträge wurden entfernt. Eine neue Kette wurde begonnen; sagen Sie es Ihrem Administrator.</translation>
    </message>
    <message>
      <source>The background analysis cannot run: its helper program ends at once. Restart Cardio Desktop, or install it again.</source>
      <extracomment>cardio_desktop/app/workers.py</extracomment>
      <translation>Die Hintergrundanalyse kann nicht laufen: Ihr Hilfsprogramm endet sofort. Starten Sie Cardio Desktop neu oder installieren Sie es erneut.</translation>
    </message>
    <message>
      <source>The class or statement whose evidence is painted; statements are computed on request</source>
      <extracomment>cardio_desktop/ui/panels/evidence_panel.py</extracomment>
      <translation>Klasse oder Aussage, deren Evidenz gemalt wird; Aussagen werden auf Anfrage berechnet</translation>
    </message>
    <message>
      <source>The clinic's database cannot be reached ({why}). What you mark, write and sign is kept on this computer, and is sent as soon as the database is back.</source>
      <extracomment>cardio_desktop/app/clinic_words.py</extracomment>
      <translation>Die Datenbank der Klinik ist nicht erreichbar ({why}). Was Sie markieren, schreiben und unterschreiben, wird auf diesem Rechner aufbewahrt und gesendet, sobald die Datenbank wieder da ist.</translation>
    </message>
    <message>
      <source>The clinic's database is back; {count} changes were sent.</source>
      <extracomment>cardio_desktop/app/clinic_words.py</extracomment>
      <translation>Die Datenbank der Klinik ist wieder da; {count} Änderungen wurden gesendet.</translation>
    </message>
    <message>
      <source>The end of the file of your calipers, beats and opinions was damaged: {count} entries were restored; look through the records that you read last.</source>
      <extracomment>cardio_desktop/app/store_copy.py</extracomment>
      <translation>Das Ende der Datei Ihrer Zirkel, Schläge und Urteile war beschädigt: {count} Einträge wurden wiederhergestellt; sehen Sie die zuletzt gelesenen Aufzeichnungen durch.</translation>
    </message>
    <message>
      <source>The evidence is hidden with the findings. F2 shows them.</source>
      <extracomment>cardio_desktop/ui/panels/evidence_panel.py</extracomment>
      <translation>Die Evidenz ist mit den Ergebnissen verdeckt. F2 zeigt sie.</translation>
    </message>
    <message>
      <source>The file is finished and can be opened as any record. The source itself is not touched.</source>
      <extracomment>cardio_desktop/ui/live/live_closing.py</extracomment>
      <translation>Die Datei wird abgeschlossen und lässt sich wie jede Aufzeichnung öffnen. Die Quelle selbst bleibt unberührt.</translation>
    </message>
    <message>
      <source>The file of your calipers, beats and opinions was damaged and was put aside as {file} in {folder}: {rest}.</source>
      <extracomment>cardio_desktop/app/store_copy.py</extracomment>
      <translation>Die Datei Ihrer Zirkel, Schläge und Urteile war beschädigt und wurde als {file} in {folder} beiseitegelegt: {rest}.</translation>
    </message>
    <message>
      <source>The file of your calipers, beats and opinions was missing: {count} entries were taken from its copy of {time}. What was done after that is lost; look through the records of that day.</source>
      <extracomment>cardio_desktop/app/store_copy.py</extracomment>
      <translation>Die Datei Ihrer Zirkel, Schläge und Urteile fehlte: {count} Einträge wurden ihrer Kopie vom {time} entnommen. Was danach geschah, ist verloren; sehen Sie die Aufzeichnungen dieses Tages durch.</translation>
    </message>
    <message>
      <source>The file of your calipers, beats and opinions was written by a newer version of this program; {lost}; install that version.</source>
      <extracomment>cardio_desktop/app/kept_items.py</extracomment>
      <translation>Die Datei Ihrer Zirkel, Schläge und Urteile stammt von einer neueren Version dieses Programms; {lost}; installieren Sie jene Version.</translation>
    </message>
    <message>
      <source>The files do not tell whether this is the same patient.</source>
      <extracomment>cardio_desktop/app/comparison.py</extracomment>
      <translation>Die Dateien sagen nicht, ob es derselbe Patient ist.</translation>
    </message>
    <message>
      <source>The files do not tell which of the two is the earlier one.</source>
      <extracomment>cardio_desktop/app/comparison.py</extracomment>
      <translation>Die Dateien sagen nicht, welche der beiden die frühere ist.</translation>
    </message>
    <message>
      <source>The files give different sexes; this may not be the same patient.</source>
      <extracomment>cardio_desktop/app/comparison.py</extracomment>
      <translation>Die Dateien nennen verschiedene Geschlechter; es ist vielleicht nicht derselbe Patient.</translation>
    </message>
    <message>
      <source>The files name different patients: {first} and {second}.</source>
      <extracomment>cardio_desktop/app/comparison.py</extracomment>
      <translation>Die Dateien nennen verschiedene Patienten: {first} und {second}.</translation>
    </message>
    <message>
      <source>The findings are ready.</source>
      <extracomment>cardio_desktop/ui/panels/sections/reading.py</extracomment>
      <translation>Die Ergebnisse liegen vor.</translation>
    </message>
    <message>
      <source>The largest gain at which the waves of this record stay in their rows</source>
      <extracomment>cardio_desktop/ui/commands/paper.py</extracomment>
      <translation>Die größte Verstärkung, bei der die Kurven in ihren Zeilen bleiben</translation>
    </message>
    <message>
      <source>The lead before as rhythm strip</source>
      <extracomment>cardio_desktop/ui/commands/paper.py</extracomment>
      <translation>Die vorige Ableitung als Rhythmusstreifen</translation>
    </message>
    <message>
      <source>The limit of slow rates has to be below that of fast ones.</source>
      <extracomment>cardio_desktop/ui/panels/holter_window.py</extracomment>
      <translation>Die Grenze langsamer Frequenzen muss unter der schneller liegen.</translation>
    </message>
    <message>
      <source>The list of changes is kept in English.</source>
      <extracomment>cardio_desktop/ui/manual_window.py</extracomment>
      <translation>Die Liste der Änderungen wird auf Englisch geführt.</translation>
    </message>
    <message>
      <source>The median beat is hidden with the findings. F2 shows them.</source>
      <extracomment>cardio_desktop/ui/panels/median_view.py</extracomment>
      <translation>Der Medianschlag ist mit den Ergebnissen verdeckt. F2 zeigt sie.</translation>
    </message>
    <message>
      <source>The median beat stands here once a record is open.</source>
      <extracomment>cardio_desktop/ui/panels/median_view.py</extracomment>
      <translation>Hier steht der Medianschlag, sobald eine Aufzeichnung offen ist.</translation>
    </message>
    <message>
      <source>The median beats of both over one another, R on R (S changes)</source>
      <extracomment>cardio_desktop/ui/paper/comparison_window.py</extracomment>
      <translation>Die Medianschläge beider übereinander, R auf R (S wechselt)</translation>
    </message>
    <message>
      <source>The model card cannot be read: {error}</source>
      <extracomment>cardio_desktop/ui/dialogs.py</extracomment>
      <translation>Die Modellkarte ist nicht lesbar: {error}</translation>
    </message>
    <message>
      <source>The network</source>
      <extracomment>cardio_desktop/ui/panels/findings_panel.py</extracomment>
      <translation>Das Netz</translation>
    </message>
    <message>
      <source>The network cannot be asked ({problem}); beats and rhythm are judged all the same.</source>
      <extracomment>cardio_desktop/app/live_guard.py</extracomment>
      <translation>Das Netz lässt sich nicht fragen ({problem}); Schläge und Rhythmus werden dennoch beurteilt.</translation>
    </message>
    <message>
      <source>The network gave no opinion on this record, so there is no evidence.</source>
      <extracomment>cardio_desktop/ui/panels/evidence_panel.py</extracomment>
      <translation>Das Netz gab zu dieser Aufzeichnung keine Meinung ab, darum gibt es keine Evidenz.</translation>
    </message>
    <message>
      <source>The network's opinion</source>
      <extracomment>cardio_desktop/ui/panels/sections/lists.py</extracomment>
      <translation>Meinung des Netzes</translation>
    </message>
    <message>
      <source>The paper is on the clipboard.</source>
      <extracomment>cardio_desktop/ui/commands/file.py</extracomment>
      <translation>Das Papier liegt in der Zwischenablage.</translation>
    </message>
    <message>
      <source>The picture shows lead {lead}.</source>
      <extracomment>cardio_desktop/ui/lists/worklist_words.py</extracomment>
      <translation>Das Bild zeigt Ableitung {lead}.</translation>
    </message>
    <message>
      <source>The printer does not answer; choose another one or save a PDF.</source>
      <extracomment>cardio_desktop/ui/paper/comparison_print.py, cardio_desktop/ui/paper/export.py, cardio_desktop/ui/paper/report_print.py</extracomment>
      <translation>Der Drucker antwortet nicht; wählen Sie einen anderen oder speichern Sie ein PDF.</translation>
    </message>
    <message>
      <source>The program did not end properly. Reopen {files} where you left? What you marked is kept either way.</source>
      <extracomment>cardio_desktop/ui/reopen.py</extracomment>
      <translation>Das Programm wurde nicht ordentlich beendet. {files} dort wieder öffnen, wo Sie aufgehört haben? Ihre Markierungen bleiben in jedem Fall erhalten.</translation>
    </message>
    <message>
      <source>The program found something critical in this record.</source>
      <extracomment>cardio_desktop/ui/critical_bar.py, cardio_desktop/ui/lists/worklist_words.py</extracomment>
      <translation>Das Programm hat in dieser Aufzeichnung etwas Kritisches gefunden.</translation>
    </message>
    <message>
      <source>The program is still analysing.</source>
      <extracomment>cardio_desktop/ui/panels/sections/reading.py</extracomment>
      <translation>Das Programm analysiert noch.</translation>
    </message>
    <message>
      <source>The program opens no connection; the address was copied: {address}</source>
      <extracomment>cardio_desktop/ui/manual_window.py</extracomment>
      <translation>Das Programm öffnet keine Verbindung; die Adresse wurde kopiert: {address}</translation>
    </message>
    <message>
      <source>The program's conclusion</source>
      <extracomment>cardio_desktop/ui/panels/sections/machine.py</extracomment>
      <translation>Beurteilung des Programms</translation>
    </message>
    <message>
      <source>The reading was signed meanwhile; what you typed is on the clipboard.</source>
      <extracomment>cardio_desktop/ui/main_window.py</extracomment>
      <translation>Die Befundung wurde inzwischen signiert; was Sie geschrieben haben, liegt in der Zwischenablage.</translation>
    </message>
    <message>
      <source>The recording goes on</source>
      <extracomment>cardio_desktop/ui/live/live_closing.py</extracomment>
      <translation>Die Aufzeichnung läuft noch</translation>
    </message>
    <message>
      <source>The recording is over.</source>
      <extracomment>cardio_desktop/ui/live/live_window.py</extracomment>
      <translation>Die Aufzeichnung ist zu Ende.</translation>
    </message>
    <message>
      <source>The report does not fit on this paper; choose A4 or Letter, long side across.</source>
      <extracomment>cardio_desktop/ui/paper/report_print.py</extracomment>
      <translation>Der Bericht passt nicht auf dieses Papier; A4 oder Letter im Querformat wählen.</translation>
    </message>
    <message>
      <source>The risk tier; ! marks what is critical</source>
      <extracomment>cardio_desktop/ui/lists/worklist_words.py</extracomment>
      <translation>Die Risikostufe; ! kennzeichnet Kritisches</translation>
    </message>
    <message>
      <source>The same, the earlier above the later: larger (S changes)</source>
      <extracomment>cardio_desktop/ui/paper/comparison_window.py</extracomment>
      <translation>Ebenso, das frühere über dem späteren: größer (S wechselt)</translation>
    </message>
    <message>
      <source>The selected beat is {kind}</source>
      <extracomment>cardio_desktop/ui/commands/beats.py</extracomment>
      <translation>Der gewählte Schlag ist {kind}</translation>
    </message>
    <message>
      <source>The sentence, the table and both ECGs at true size (Ctrl+P)</source>
      <extracomment>cardio_desktop/ui/paper/comparison_window.py</extracomment>
      <translation>Der Satz, die Tabelle und beide EKGs in wahrer Größe (Strg+P)</translation>
    </message>
    <message>
      <source>The sentence, the table and both ECGs at true size (Ctrl+S)</source>
      <extracomment>cardio_desktop/ui/paper/comparison_window.py</extracomment>
      <translation>Der Satz, die Tabelle und beide EKGs in wahrer Größe (Strg+S)</translation>
    </message>
    <message>
      <source>The tier over time; red marks are alarms. Click to freeze the page there.</source>
      <extracomment>cardio_desktop/ui/live/tier_strip.py</extracomment>
      <translation>Die Stufe im Zeitverlauf; rote Striche sind Alarme. Klicken hält die Seite dort an.</translation>
    </message>
    <message>
      <source>The trail is being verified…</source>
      <extracomment>cardio_desktop/ui/commands/audit_view.py</extracomment>
      <translation>Die Prüfspur wird geprüft…</translation>
    </message>
    <message>
      <source>The worst of each kind</source>
      <extracomment>cardio_desktop/ui/panels/holter_window.py</extracomment>
      <translation>Das Ausgeprägteste jeder Art</translation>
    </message>
    <message>
      <source>Theme of the window: {theme}</source>
      <extracomment>cardio_desktop/ui/commands/look.py</extracomment>
      <translation>Farbschema des Fensters: {theme}</translation>
    </message>
    <message>
      <source>There is a beat already at {time} s.</source>
      <extracomment>cardio_desktop/app/beat_work.py</extracomment>
      <translation>Bei {time} s liegt schon ein Schlag.</translation>
    </message>
    <message>
      <source>There is no evidence yet: the record has not been analysed.</source>
      <extracomment>cardio_desktop/ui/panels/evidence_panel.py</extracomment>
      <translation>Noch keine Evidenz: Die Aufzeichnung wurde nicht analysiert.</translation>
    </message>
    <message>
      <source>There is no further record that way in the list as it is shown.</source>
      <extracomment>cardio_desktop/ui/commands/worklist.py</extracomment>
      <translation>In der gezeigten Liste folgt in dieser Richtung keine Aufzeichnung mehr.</translation>
    </message>
    <message>
      <source>There is no median beat yet: the record has not been analysed.</source>
      <extracomment>cardio_desktop/ui/panels/median_view.py</extracomment>
      <translation>Noch kein Medianschlag: Die Aufzeichnung wurde nicht analysiert.</translation>
    </message>
    <message>
      <source>There is nothing that was measured in both.</source>
      <extracomment>cardio_desktop/ui/paper/comparison_words.py</extracomment>
      <translation>Es gibt nichts, was in beiden gemessen wurde.</translation>
    </message>
    <message>
      <source>This is not the PIN of {name}.</source>
      <extracomment>cardio_desktop/ui/sign_dialog.py</extracomment>
      <translation>Das ist nicht die PIN von {name}.</translation>
    </message>
    <message>
      <source>This record has not been analysed.</source>
      <extracomment>cardio_desktop/ui/panels/sections/reading.py</extracomment>
      <translation>Diese Aufzeichnung wurde nicht analysiert.</translation>
    </message>
    <message>
      <source>This record has not been analysed. Press F5 to analyse it.</source>
      <extracomment>cardio_desktop/ui/panels/findings_panel.py</extracomment>
      <translation>Diese Aufzeichnung wurde nicht analysiert. F5 analysiert sie.</translation>
    </message>
    <message>
      <source>This screen is now taken as {dots} dots per inch.</source>
      <extracomment>cardio_desktop/ui/paper/screen_dialog.py</extracomment>
      <translation>Dieser Bildschirm gilt nun als {dots} Punkte je Zoll.</translation>
    </message>
    <message>
      <source>Tier</source>
      <extracomment>cardio_desktop/ui/live/vitals.py</extracomment>
      <translation>Stufe</translation>
    </message>
    <message>
      <source>Tier over time</source>
      <extracomment>cardio_desktop/ui/live/tier_strip.py</extracomment>
      <translation>Stufe im Zeitverlauf</translation>
    </message>
    <message>
      <source>Tier: {tier}</source>
      <extracomment>cardio_desktop/ui/live/vitals.py</extracomment>
      <translation>Stufe: {tier}</translation>
    </message>
    <message>
      <source>Time</source>
      <extracomment>cardio_desktop/ui/commands/audit_view.py, cardio_desktop/ui/panels/holter_events.py, cardio_desktop/ui/panels/holter_window.py</extracomment>
      <translation>Zeit</translation>
    </message>
    <message>
      <source>Time and amplitude &amp;both</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>Zeit und Amplitude &amp;beide</translation>
    </message>
    <message>
      <source>Time caliper by &amp;mouse</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>Zeitzirkel mit der &amp;Maus</translation>
    </message>
    <message>
      <source>To the &amp;alarms</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>Zu den &amp;Alarmen</translation>
    </message>
    <message>
      <source>To the &amp;newest</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>Zum &amp;Neuesten</translation>
    </message>
    <message>
      <source>To the &amp;panel</source>
      <extracomment>cardio_desktop/ui/commands/panels.py</extracomment>
      <translation>Zu den E&amp;rgebnissen</translation>
    </message>
    <message>
      <source>To the &amp;paper</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>Zum Pap&amp;ier</translation>
    </message>
    <message>
      <source>To the next &amp;lead</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>In die nächste Ab&amp;leitung</translation>
    </message>
    <message>
      <source>To the o&amp;ldest</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>Zum Ä&amp;ltesten</translation>
    </message>
    <message>
      <source>To the p&amp;aper</source>
      <extracomment>cardio_desktop/ui/commands/panels.py</extracomment>
      <translation>Zum &amp;Papier</translation>
    </message>
    <message>
      <source>To the previous lea&amp;d</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>In die vorige Ablei&amp;tung</translation>
    </message>
    <message>
      <source>Trust what the system reports</source>
      <extracomment>cardio_desktop/ui/paper/screen_dialog.py</extracomment>
      <translation>Den Angaben des Systems vertrauen</translation>
    </message>
    <message>
      <source>Typed</source>
      <extracomment>cardio_desktop/ui/statement_dialog.py</extracomment>
      <translation>Kürzel</translation>
    </message>
    <message>
      <source>Undo</source>
      <extracomment>cardio_desktop/ui/panels/holter_window.py</extracomment>
      <translation>Rückgängig</translation>
    </message>
    <message>
      <source>Undone: {step}</source>
      <extracomment>cardio_desktop/app/marks.py</extracomment>
      <translation>Rückgängig: {step}</translation>
    </message>
    <message>
      <source>Unit of the numbers</source>
      <extracomment>cardio_desktop/ui/options_dialog.py</extracomment>
      <translation>Einheit der Zahlen</translation>
    </message>
    <message>
      <source>Unmark the beat</source>
      <extracomment>cardio_desktop/ui/commands/go.py</extracomment>
      <translation>Die Markierung des Schlags aufheben</translation>
    </message>
    <message>
      <source>Updated from {before} to {now}: what is new stands in the Help menu.</source>
      <extracomment>cardio_desktop/ui/application.py</extracomment>
      <translation>Von {before} auf {now} aktualisiert: Was neu ist, steht im Hilfemenü.</translation>
    </message>
    <message>
      <source>Usual columns</source>
      <extracomment>cardio_desktop/ui/lists/worklist_columns.py</extracomment>
      <translation>Übliche Spalten</translation>
    </message>
    <message>
      <source>Usual limits</source>
      <extracomment>cardio_desktop/ui/panels/holter_window.py</extracomment>
      <translation>Übliche Grenzen</translation>
    </message>
    <message>
      <source>Variability</source>
      <extracomment>cardio_desktop/ui/panels/holter_window.py</extracomment>
      <translation>Variabilität</translation>
    </message>
    <message>
      <source>Verifying the audit trail</source>
      <extracomment>cardio_desktop/ui/commands/audit_view.py</extracomment>
      <translation>Prüfspur wird geprüft</translation>
    </message>
    <message>
      <source>Versions and checksums</source>
      <extracomment>cardio_desktop/ui/about.py</extracomment>
      <translation>Versionen und Prüfsummen</translation>
    </message>
    <message>
      <source>Voltages by lead</source>
      <extracomment>cardio_desktop/ui/panels/sections/measurements.py</extracomment>
      <translation>Amplituden je Ableitung</translation>
    </message>
    <message>
      <source>Voltages by lead, mV</source>
      <extracomment>cardio_desktop/ui/panels/sections/measurements.py</extracomment>
      <translation>Amplituden je Ableitung, mV</translation>
    </message>
    <message>
      <source>WFDB annotations (*)</source>
      <extracomment>cardio_desktop/ui/commands/save_beats.py</extracomment>
      <translation>WFDB-Annotationen (*)</translation>
    </message>
    <message>
      <source>Warnings</source>
      <extracomment>cardio_desktop/ui/panels/findings_panel.py</extracomment>
      <translation>Warnungen</translation>
    </message>
    <message>
      <source>Warnings on the comparison</source>
      <extracomment>cardio_desktop/ui/paper/comparison_window.py</extracomment>
      <translation>Warnungen zum Vergleich</translation>
    </message>
    <message>
      <source>What</source>
      <extracomment>cardio_desktop/ui/commands/audit_view.py, cardio_desktop/ui/panels/holter_events.py</extracomment>
      <translation>Was</translation>
    </message>
    <message>
      <source>What changed from version to version</source>
      <extracomment>cardio_desktop/ui/commands/help.py</extracomment>
      <translation>Was sich von Version zu Version geändert hat</translation>
    </message>
    <message>
      <source>What did you do, what did you expect, what happened? No names, please.</source>
      <extracomment>cardio_desktop/ui/problem_dialog.py</extracomment>
      <translation>Was haben Sie getan, was erwartet, was geschah? Bitte keine Namen.</translation>
    </message>
    <message>
      <source>What do you conclude? Acronyms expand: sr, lbbb, 1avb.</source>
      <extracomment>cardio_desktop/ui/panels/sections/conclusion_edit.py</extracomment>
      <translation>Ihre Beurteilung? Kürzel werden ausgeschrieben: sr, lsb, 1avb.</translation>
    </message>
    <message>
      <source>What does {file} hold?</source>
      <extracomment>cardio_desktop/ui/options_dialog.py</extracomment>
      <translation>Was enthält {file}?</translation>
    </message>
    <message>
      <source>What happened</source>
      <extracomment>cardio_desktop/ui/problem_dialog.py</extracomment>
      <translation>Was geschah</translation>
    </message>
    <message>
      <source>What has changed</source>
      <extracomment>cardio_desktop/ui/paper/comparison_window.py</extracomment>
      <translation>Was sich geändert hat</translation>
    </message>
    <message>
      <source>What has changed, in words</source>
      <extracomment>cardio_desktop/ui/paper/comparison_window.py</extracomment>
      <translation>Was sich verändert hat, in Worten</translation>
    </message>
    <message>
      <source>What is &amp;new</source>
      <extracomment>cardio_desktop/ui/commands/help.py</extracomment>
      <translation>Was ist &amp;neu</translation>
    </message>
    <message>
      <source>What is new</source>
      <extracomment>cardio_desktop/ui/manual_window.py</extracomment>
      <translation>Was ist neu</translation>
    </message>
    <message>
      <source>What is shown and said live is no monitor and no alarm: watch the patient.</source>
      <extracomment>cardio_desktop/ui/live/follow_dialog.py</extracomment>
      <translation>Was live gezeigt und gesagt wird, ist kein Monitor und kein Alarm: Beobachten Sie den Patienten.</translation>
    </message>
    <message>
      <source>What is shown is of {percent} % of the recording.</source>
      <extracomment>cardio_desktop/ui/panels/holter_window.py</extracomment>
      <translation>Gezeigt sind {percent} % der Aufzeichnung.</translation>
    </message>
    <message>
      <source>What is wrong with the filter</source>
      <extracomment>cardio_desktop/ui/lists/filter_bar.py</extracomment>
      <translation>Was am Filter nicht stimmt</translation>
    </message>
    <message>
      <source>What it says</source>
      <extracomment>cardio_desktop/ui/panels/findings_panel.py</extracomment>
      <translation>Was es sagt</translation>
    </message>
    <message>
      <source>What the network is, and how good</source>
      <extracomment>cardio_desktop/ui/commands/help.py</extracomment>
      <translation>Was das Netz ist und wie gut</translation>
    </message>
    <message>
      <source>What the reader concluded; in italics the program's own line where there is none</source>
      <extracomment>cardio_desktop/ui/lists/worklist_words.py</extracomment>
      <translation>Was der Leser befundet hat; kursiv die Zeile des Programms, wo es nichts gibt</translation>
    </message>
    <message>
      <source>What this is not</source>
      <extracomment>cardio_desktop/ui/panels/sections/machine.py</extracomment>
      <translation>Was das nicht ist</translation>
    </message>
    <message>
      <source>What was signed stays as it is. What do you add?</source>
      <extracomment>cardio_desktop/ui/sign_dialog.py</extracomment>
      <translation>Was signiert wurde, bleibt, wie es ist. Was fügen Sie hinzu?</translation>
    </message>
    <message>
      <source>Which records are listed</source>
      <extracomment>cardio_desktop/ui/lists/filter_bar.py</extracomment>
      <translation>Welche Aufzeichnungen aufgelistet sind</translation>
    </message>
    <message>
      <source>Who</source>
      <extracomment>cardio_desktop/ui/commands/audit_view.py</extracomment>
      <translation>Wer</translation>
    </message>
    <message>
      <source>Who opened, edited, signed or exported which ECG, and whether that list is sound</source>
      <extracomment>cardio_desktop/ui/commands/help.py</extracomment>
      <translation>Wer welches EKG geöffnet, bearbeitet, unterschrieben oder ausgegeben hat, und ob diese Liste unversehrt ist</translation>
    </message>
    <message>
      <source>Who signed</source>
      <extracomment>cardio_desktop/ui/panels/sections/conclusion.py</extracomment>
      <translation>Wer signiert hat</translation>
    </message>
    <message>
      <source>Who signed last, or wrote the draft</source>
      <extracomment>cardio_desktop/ui/lists/worklist_words.py</extracomment>
      <translation>Wer zuletzt signiert oder den Entwurf geschrieben hat</translation>
    </message>
    <message>
      <source>Width</source>
      <extracomment>cardio_desktop/ui/paper/screen_dialog.py</extracomment>
      <translation>Breite</translation>
    </message>
    <message>
      <source>Width of the card</source>
      <extracomment>cardio_desktop/ui/paper/screen_dialog.py</extracomment>
      <translation>Breite der Karte</translation>
    </message>
    <message>
      <source>With annex</source>
      <extracomment>cardio_desktop/ui/paper/report_print.py</extracomment>
      <translation>Mit Anhang</translation>
    </message>
    <message>
      <source>With the annex: evidence, probabilities, quality, limits, median beats, voltages</source>
      <extracomment>cardio_desktop/ui/dialogs.py</extracomment>
      <translation>Mit Anhang: Evidenz, Wahrscheinlichkeiten, Qualität, Grenzen, Medianschläge, Amplituden</translation>
    </message>
    <message>
      <source>Without a value</source>
      <extracomment>cardio_desktop/ui/panels/sections/measurements.py</extracomment>
      <translation>Ohne Wert</translation>
    </message>
    <message>
      <source>Words are looked for everywhere, phrases in quotes, a minus leaves out.
state:unsigned  tier:high  critical:yes  age&gt;60  sex:f  rate&lt;50  qtc&gt;500  axis&lt;-30  prior&gt;0
date:2019-03  rhythm:fibrillation  statement:LBBB  conclusion:infarction  patient:  reader:  record:
Enter opens the first record found.</source>
      <extracomment>cardio_desktop/ui/lists/filter_bar.py</extracomment>
      <translation>Wörter werden überall gesucht, Wortfolgen in Anführungszeichen, ein Minus lässt weg.
zustand:unsigniert  risiko:hoch  kritisch:ja  alter&gt;60  geschlecht:w  frequenz&lt;50  qtc&gt;500  achse&lt;-30  vorher&gt;0
datum:2019-03  rhythmus:flimmern  aussage:LBBB  befund:infarkt  patient:  leser:  aufzeichnung:
Enter öffnet die erste gefundene Aufzeichnung.</translation>
    </message>
    <message>
      <source>Worklist</source>
      <extracomment>cardio_desktop/ui/lists/worklist_panel.py, cardio_desktop/ui/lists/worklist_table.py</extracomment>
      <translation>Arbeitsliste</translation>
    </message>
    <message>
      <source>Worklist: {title}</source>
      <extracomment>cardio_desktop/ui/lists/worklist_panel.py</extracomment>
      <translation>Arbeitsliste: {title}</translation>
    </message>
    <message>
      <source>Worst minute</source>
      <extracomment>cardio_desktop/ui/paper/overview_bar.py</extracomment>
      <translation>Schlimmste Minute</translation>
    </message>
    <message>
      <source>Write a comment on the finding in focus, else on the tier</source>
      <extracomment>cardio_desktop/ui/commands/reading.py</extracomment>
      <translation>Den Befund mit dem Fokus, sonst die Stufe, kommentieren</translation>
    </message>
    <message>
      <source>Write a file with log and versions, without patients, to send to those who mend the program</source>
      <extracomment>cardio_desktop/ui/commands/help.py</extracomment>
      <translation>Eine Datei mit Logdatei und Versionen, ohne Patienten, für die schreiben, die das Programm pflegen</translation>
    </message>
    <message>
      <source>Write a word beside the caliper, on screen and paper</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>Ein Wort neben den Zirkel schreiben, auf Bildschirm und Papier</translation>
    </message>
    <message>
      <source>Write report and measurements for other systems: DICOM, FHIR, HL7 v2, CSV</source>
      <extracomment>cardio_desktop/ui/commands/file.py</extracomment>
      <translation>Bericht und Messwerte für andere Systeme schreiben: DICOM, FHIR, HL7 v2, CSV</translation>
    </message>
    <message>
      <source>Write the ECG in another format, with or without who the patient is</source>
      <extracomment>cardio_desktop/ui/commands/file.py</extracomment>
      <translation>Schreibt das EKG in einem anderen Format, mit oder ohne Angabe, von wem es ist</translation>
    </message>
    <message>
      <source>Write the beats, as you left them, to an annotation file of their own</source>
      <extracomment>cardio_desktop/ui/commands/beats.py</extracomment>
      <translation>Die Schläge in Ihrer Fassung in eine eigene Annotationsdatei schreiben</translation>
    </message>
    <message>
      <source>Write the paper at true size as PNG, SVG or PDF</source>
      <extracomment>cardio_desktop/ui/commands/file.py</extracomment>
      <translation>Das Papier in wahrer Größe als PNG, SVG oder PDF schreiben</translation>
    </message>
    <message>
      <source>Write the report as a PDF</source>
      <extracomment>cardio_desktop/ui/commands/file.py</extracomment>
      <translation>Den Bericht als PDF schreiben</translation>
    </message>
    <message>
      <source>Write what you conclude from this ECG; it is kept apart from the program's findings</source>
      <extracomment>cardio_desktop/ui/commands/reading.py</extracomment>
      <translation>Schreiben, was Sie aus diesem EKG schließen; es bleibt getrennt von den Befunden des Programms</translation>
    </message>
    <message>
      <source>Write your con&amp;clusion</source>
      <extracomment>cardio_desktop/ui/commands/reading.py</extracomment>
      <translation>Be&amp;urteilung schreiben</translation>
    </message>
    <message>
      <source>Writing {file}</source>
      <extracomment>cardio_desktop/app/holter.py, cardio_desktop/app/session.py, cardio_desktop/ui/commands/save_as.py</extracomment>
      <translation>{file} wird geschrieben</translation>
    </message>
    <message>
      <source>Written: {file}</source>
      <extracomment>cardio_desktop/app/holter.py</extracomment>
      <translation>Geschrieben: {file}</translation>
    </message>
    <message>
      <source>Written: {path}</source>
      <extracomment>cardio_desktop/ui/commands/hand_out.py, cardio_desktop/ui/commands/save_as.py, cardio_desktop/ui/problem_dialog.py</extracomment>
      <translation>Geschrieben: {path}</translation>
    </message>
    <message>
      <source>You read first: rate, conclusion and what is critical stay hidden until you show them (F2).</source>
      <extracomment>cardio_desktop/ui/lists/filter_bar.py</extracomment>
      <translation>Sie lesen zuerst: Frequenz, Befund und Kritisches bleiben verdeckt, bis Sie sie zeigen (F2).</translation>
    </message>
    <message>
      <source>You read first: risk, rate, conclusion and what is critical stay hidden until you show them (F2).</source>
      <extracomment>cardio_desktop/ui/lists/filter_bar.py</extracomment>
      <translation>Sie lesen zuerst: Risiko, Frequenz, Befund und Kritisches bleiben verdeckt, bis Sie sie zeigen (F2).</translation>
    </message>
    <message>
      <source>You rejected it: it counts for nothing</source>
      <extracomment>cardio_desktop/ui/panels/holter_events.py</extracomment>
      <translation>Von Ihnen verworfen: es zählt nicht</translation>
    </message>
    <message>
      <source>You said so; Backspace leaves it to the program</source>
      <extracomment>cardio_desktop/ui/panels/holter_shapes.py</extracomment>
      <translation>Von Ihnen so bestimmt; die Rücktaste überlässt es dem Programm</translation>
    </message>
    <message>
      <source>Your calipers, beats and opinions are saved again.</source>
      <extracomment>cardio_desktop/ui/marks_desk.py</extracomment>
      <translation>Ihre Zirkel, Schläge und Meinungen werden wieder gespeichert.</translation>
    </message>
    <message>
      <source>Your calipers, beats and opinions cannot be saved at the moment ({error}); keep the program open and free the disk or the file.</source>
      <extracomment>cardio_desktop/app/kept_items.py</extracomment>
      <translation>Ihre Zirkel, Schläge und Urteile können zurzeit nicht gespeichert werden ({error}); lassen Sie das Programm offen und geben Sie Datenträger oder Datei frei.</translation>
    </message>
    <message>
      <source>Your conclusion</source>
      <extracomment>cardio_desktop/ui/panels/sections/conclusion.py, cardio_desktop/ui/panels/sections/conclusion_edit.py</extracomment>
      <translation>Ihre Beurteilung</translation>
    </message>
    <message>
      <source>Your own acronyms expand as those of the statements do, and go before them. Statements list theirs.</source>
      <extracomment>cardio_desktop/ui/statement_dialog.py</extracomment>
      <translation>Ihre eigenen Kürzel werden ausgeschrieben wie die der Aussagen und gehen ihnen vor. Deren Kürzel stehen in der Liste der Aussagen.</translation>
    </message>
    <message>
      <source>Your own acronyms, which expand while you type</source>
      <extracomment>cardio_desktop/ui/commands/statements.py</extracomment>
      <translation>Ihre eigenen Kürzel, die beim Schreiben ausgeschrieben werden</translation>
    </message>
    <message>
      <source>Your words were replaced; Ctrl+Z in the conclusion brings them back.</source>
      <extracomment>cardio_desktop/ui/commands/signing.py</extracomment>
      <translation>Ihre Worte wurden ersetzt; Strg+Z in der Beurteilung holt sie zurück.</translation>
    </message>
    <message>
      <source>Zoom &amp;in</source>
      <extracomment>cardio_desktop/ui/commands/view.py</extracomment>
      <translation>Ver&amp;größern</translation>
    </message>
    <message>
      <source>Zoom &amp;out</source>
      <extracomment>cardio_desktop/ui/commands/view.py</extracomment>
      <translation>Ver&amp;kleinern</translation>
    </message>
    <message>
      <source>a record is being opened or analysed</source>
      <extracomment>cardio_desktop/ui/commands/signing.py</extracomment>
      <translation>eine Aufzeichnung wird gerade geöffnet oder analysiert</translation>
    </message>
    <message>
      <source>add beat</source>
      <extracomment>cardio_desktop/app/beat_work.py</extracomment>
      <translation>Schlag hinzufügen</translation>
    </message>
    <message>
      <source>addenda</source>
      <extracomment>cardio_desktop/app/store_copy.py</extracomment>
      <translation>Nachträge</translation>
    </message>
    <message>
      <source>after</source>
      <extracomment>cardio_desktop/ui/paper/comparison_beats.py</extracomment>
      <translation>nachher</translation>
    </message>
    <message>
      <source>against</source>
      <extracomment>cardio_desktop/render/evidence.py</extracomment>
      <translation>dagegen</translation>
    </message>
    <message>
      <source>amended</source>
      <extracomment>cardio_desktop/ui/commands/audit_view.py, cardio_desktop/ui/lists/worklist_words.py</extracomment>
      <translation>ergänzt</translation>
    </message>
    <message>
      <source>amplitude caliper</source>
      <extracomment>cardio_desktop/app/caliper_work.py</extracomment>
      <translation>Amplitudenzirkel</translation>
    </message>
    <message>
      <source>an interval repeated over the strip</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>ein über den Streifen wiederholtes Intervall</translation>
    </message>
    <message>
      <source>and {count} more</source>
      <extracomment>cardio_desktop/ui/critical_bar.py</extracomment>
      <translation>und {count} weitere</translation>
    </message>
    <message>
      <source>another program holds the file</source>
      <extracomment>fixed tables</extracomment>
      <translation>ein anderes Programm hält die Datei</translation>
    </message>
    <message>
      <source>artefact, no beat</source>
      <extracomment>cardio_desktop/ui/panels/holter_shapes.py</extracomment>
      <translation>Artefakt, kein Schlag</translation>
    </message>
    <message>
      <source>as they stood in the copy of {time}: {what}</source>
      <extracomment>cardio_desktop/app/store_copy.py</extracomment>
      <translation>nach dem Stand der Kopie vom {time}: {what}</translation>
    </message>
    <message>
      <source>at its limit</source>
      <extracomment>cardio_desktop/ui/live/live_words.py</extracomment>
      <translation>am Anschlag</translation>
    </message>
    <message>
      <source>at {percent} %: {speed} mm/s, {gain} on this screen</source>
      <extracomment>cardio_desktop/ui/paper/captions.py</extracomment>
      <translation>bei {percent} %: {speed} mm/s, {gain} auf diesem Bildschirm</translation>
    </message>
    <message>
      <source>auto: {gain}</source>
      <extracomment>cardio_desktop/ui/paper/captions.py</extracomment>
      <translation>auto: {gain}</translation>
    </message>
    <message>
      <source>automatic</source>
      <extracomment>cardio_desktop/ui/toolbar.py</extracomment>
      <translation>automatisch</translation>
    </message>
    <message>
      <source>automatic, chest half</source>
      <extracomment>cardio_desktop/ui/toolbar.py</extracomment>
      <translation>automatisch, Brust halb</translation>
    </message>
    <message>
      <source>back to the detector's beats</source>
      <extracomment>cardio_desktop/app/beat_work.py</extracomment>
      <translation>zurück zu den Schlägen des Detektors</translation>
    </message>
    <message>
      <source>baseline removed</source>
      <extracomment>cardio_desktop/ui/paper/captions.py</extracomment>
      <translation>Grundlinie entfernt</translation>
    </message>
    <message>
      <source>beat with network evidence</source>
      <extracomment>cardio_desktop/render/sheet.py</extracomment>
      <translation>Schlag mit Netz-Evidenz</translation>
    </message>
    <message>
      <source>beat with network evidence for {code}</source>
      <extracomment>cardio_desktop/ui/paper/overview_content.py</extracomment>
      <translation>Schlag mit Netz-Evidenz für {code}</translation>
    </message>
    <message>
      <source>beats</source>
      <extracomment>cardio_desktop/app/store_copy.py</extracomment>
      <translation>Schläge</translation>
    </message>
    <message>
      <source>before</source>
      <extracomment>cardio_desktop/ui/paper/comparison_beats.py</extracomment>
      <translation>vorher</translation>
    </message>
    <message>
      <source>beginning</source>
      <extracomment>cardio_desktop/app/caliper_work.py</extracomment>
      <translation>Anfang</translation>
    </message>
    <message>
      <source>being read…</source>
      <extracomment>cardio_desktop/render/sheet.py</extracomment>
      <translation>wird gelesen…</translation>
    </message>
    <message>
      <source>bigeminy</source>
      <extracomment>cardio_desktop/ui/paper/overview_content.py</extracomment>
      <translation>Bigeminus</translation>
    </message>
    <message>
      <source>calipers</source>
      <extracomment>cardio_desktop/app/store_copy.py</extracomment>
      <translation>Zirkel</translation>
    </message>
    <message>
      <source>check what you did after {time}</source>
      <extracomment>cardio_desktop/app/store_copy.py</extracomment>
      <translation>prüfen Sie, was Sie nach {time} getan haben</translation>
    </message>
    <message>
      <source>choose RR interval</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>RR-Intervall wählen</translation>
    </message>
    <message>
      <source>conclusions</source>
      <extracomment>cardio_desktop/app/store_copy.py</extracomment>
      <translation>Beurteilungen</translation>
    </message>
    <message>
      <source>confidence {percent} %</source>
      <extracomment>cardio_desktop/ui/panels/sections/measurements.py</extracomment>
      <translation>Sicherheit {percent} %</translation>
    </message>
    <message>
      <source>couplet</source>
      <extracomment>cardio_desktop/ui/paper/overview_content.py</extracomment>
      <translation>Couplet</translation>
    </message>
    <message>
      <source>critical, {tier}</source>
      <extracomment>cardio_desktop/ui/lists/worklist_model.py</extracomment>
      <translation>kritisch, {tier}</translation>
    </message>
    <message>
      <source>de-identified</source>
      <extracomment>cardio_desktop/ui/commands/audit_view.py</extracomment>
      <translation>de-identifiziert</translation>
    </message>
    <message>
      <source>delete beat</source>
      <extracomment>cardio_desktop/app/beat_work.py</extracomment>
      <translation>Schlag löschen</translation>
    </message>
    <message>
      <source>delete caliper</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>Zirkel löschen</translation>
    </message>
    <message>
      <source>deleted</source>
      <extracomment>cardio_desktop/ui/commands/audit_view.py</extracomment>
      <translation>gelöscht</translation>
    </message>
    <message>
      <source>deleted by you</source>
      <extracomment>cardio_desktop/ui/paper/beat_overlay.py</extracomment>
      <translation>von Ihnen gelöscht</translation>
    </message>
    <message>
      <source>derived: {leads}</source>
      <extracomment>cardio_desktop/ui/paper/captions.py</extracomment>
      <translation>berechnet: {leads}</translation>
    </message>
    <message>
      <source>detected beat</source>
      <extracomment>cardio_desktop/render/sheet.py</extracomment>
      <translation>erkannter Schlag</translation>
    </message>
    <message>
      <source>detector</source>
      <extracomment>cardio_desktop/ui/paper/beat_overlay.py</extracomment>
      <translation>Detektor</translation>
    </message>
    <message>
      <source>display filter {filter}</source>
      <extracomment>cardio_desktop/ui/paper/captions.py</extracomment>
      <translation>Anzeigefilter {filter}</translation>
    </message>
    <message>
      <source>edited</source>
      <extracomment>cardio_desktop/ui/commands/audit_view.py</extracomment>
      <translation>bearbeitet</translation>
    </message>
    <message>
      <source>end</source>
      <extracomment>cardio_desktop/app/caliper_work.py</extracomment>
      <translation>Ende</translation>
    </message>
    <message>
      <source>entries of the audit trail</source>
      <extracomment>cardio_desktop/app/store_copy.py</extracomment>
      <translation>Einträge des Protokolls</translation>
    </message>
    <message>
      <source>evidence against {name}</source>
      <extracomment>cardio_desktop/ui/paper/readout.py</extracomment>
      <translation>Evidenz gegen {name}</translation>
    </message>
    <message>
      <source>evidence for {name}</source>
      <extracomment>cardio_desktop/ui/paper/readout.py</extracomment>
      <translation>Evidenz für {name}</translation>
    </message>
    <message>
      <source>exported</source>
      <extracomment>cardio_desktop/ui/commands/audit_view.py</extracomment>
      <translation>ausgegeben</translation>
    </message>
    <message>
      <source>f</source>
      <extracomment>cardio_desktop/ui/lists/worklist_words.py</extracomment>
      <translation>w</translation>
    </message>
    <message>
      <source>fast</source>
      <extracomment>cardio_desktop/ui/paper/overview_content.py</extracomment>
      <translation>schnell</translation>
    </message>
    <message>
      <source>female</source>
      <extracomment>cardio_desktop/ui/paper/captions.py</extracomment>
      <translation>weiblich</translation>
    </message>
    <message>
      <source>file</source>
      <extracomment>cardio_desktop/ui/paper/beat_overlay.py</extracomment>
      <translation>Datei</translation>
    </message>
    <message>
      <source>findings are hidden until you ask for them</source>
      <extracomment>cardio_desktop/ui/lists/worklist_words.py</extracomment>
      <translation>Ergebnisse sind verdeckt, bis Sie sie verlangen</translation>
    </message>
    <message>
      <source>findings are shown at once</source>
      <extracomment>cardio_desktop/ui/commands/reading.py, cardio_desktop/ui/commands/worklist.py</extracomment>
      <translation>die Befunde werden sofort gezeigt</translation>
    </message>
    <message>
      <source>flat, electrode off?</source>
      <extracomment>cardio_desktop/ui/live/live_words.py</extracomment>
      <translation>flach, Elektrode ab?</translation>
    </message>
    <message>
      <source>for example: cardiologist</source>
      <extracomment>cardio_desktop/ui/sign_dialog.py</extracomment>
      <translation>zum Beispiel: Kardiologin</translation>
    </message>
    <message>
      <source>for {name}</source>
      <extracomment>cardio_desktop/render/evidence.py</extracomment>
      <translation>für {name}</translation>
    </message>
    <message>
      <source>heart rate: not analysed</source>
      <extracomment>cardio_desktop/ui/paper/overview_content.py</extracomment>
      <translation>Herzfrequenz: nicht analysiert</translation>
    </message>
    <message>
      <source>hidden</source>
      <extracomment>cardio_desktop/ui/lists/priors_strip.py, cardio_desktop/ui/lists/worklist_words.py</extracomment>
      <translation>verdeckt</translation>
    </message>
    <message>
      <source>hidden until you ask for the findings</source>
      <extracomment>cardio_desktop/ui/paper/overview_content.py</extracomment>
      <translation>verdeckt, bis Sie die Ergebnisse verlangen</translation>
    </message>
    <message>
      <source>high-pass {hz} Hz</source>
      <extracomment>cardio_desktop/ui/paper/captions.py</extracomment>
      <translation>Hochpass {hz} Hz</translation>
    </message>
    <message>
      <source>in the file: {words}</source>
      <extracomment>cardio_desktop/ui/paper/overview_content.py</extracomment>
      <translation>in der Datei: {words}</translation>
    </message>
    <message>
      <source>judged by its first {length}</source>
      <extracomment>cardio_desktop/ui/lists/worklist_words.py</extracomment>
      <translation>beurteilt nach den ersten {length}</translation>
    </message>
    <message>
      <source>judged piece by piece here (Shift+F5 measures this page)</source>
      <extracomment>cardio_desktop/ui/paper/paper_sheet.py</extracomment>
      <translation>hier Stück für Stück beurteilt (Umschalt+F5 vermisst diese Seite)</translation>
    </message>
    <message>
      <source>kept in {file}</source>
      <extracomment>cardio_desktop/ui/live/live_window.py</extracomment>
      <translation>aufgehoben in {file}</translation>
    </message>
    <message>
      <source>leads stand side by side (choose 12 × 1)</source>
      <extracomment>cardio_desktop/ui/commands/conditions.py</extracomment>
      <translation>Ableitungen stehen nebeneinander (12 × 1 wählen)</translation>
    </message>
    <message>
      <source>limb {limb}, chest {chest} mm/mV</source>
      <extracomment>cardio_desktop/ui/paper/captions.py</extracomment>
      <translation>Extremitäten {limb}, Brust {chest} mm/mV</translation>
    </message>
    <message>
      <source>looking for records…</source>
      <extracomment>cardio_desktop/ui/lists/worklist_words.py</extracomment>
      <translation>Aufzeichnungen werden gesucht…</translation>
    </message>
    <message>
      <source>lost: {what}</source>
      <extracomment>cardio_desktop/app/store_copy.py</extracomment>
      <translation>verloren: {what}</translation>
    </message>
    <message>
      <source>low-pass {hz} Hz</source>
      <extracomment>cardio_desktop/ui/paper/captions.py</extracomment>
      <translation>Tiefpass {hz} Hz</translation>
    </message>
    <message>
      <source>lower line</source>
      <extracomment>cardio_desktop/app/caliper_work.py</extracomment>
      <translation>untere Linie</translation>
    </message>
    <message>
      <source>lowered from {gain}: no wave is cut</source>
      <extracomment>cardio_desktop/ui/paper/paper_sheet.py</extracomment>
      <translation>von {gain} verringert: nichts abgeschnitten</translation>
    </message>
    <message>
      <source>m</source>
      <extracomment>cardio_desktop/ui/lists/worklist_words.py</extracomment>
      <translation>m</translation>
    </message>
    <message>
      <source>male</source>
      <extracomment>cardio_desktop/ui/paper/captions.py</extracomment>
      <translation>männlich</translation>
    </message>
    <message>
      <source>marching caliper</source>
      <extracomment>cardio_desktop/app/caliper_work.py</extracomment>
      <translation>Marschzirkel</translation>
    </message>
    <message>
      <source>milliseconds and rate</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>Millisekunden und Frequenz</translation>
    </message>
    <message>
      <source>millivolts</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>Millivolt</translation>
    </message>
    <message>
      <source>move beat</source>
      <extracomment>cardio_desktop/app/beat_work.py</extracomment>
      <translation>Schlag verschieben</translation>
    </message>
    <message>
      <source>move caliper</source>
      <extracomment>cardio_desktop/app/caliper_work.py, cardio_desktop/ui/paper/caliper_overlay.py</extracomment>
      <translation>Zirkel verschieben</translation>
    </message>
    <message>
      <source>move caliper to another lead</source>
      <extracomment>cardio_desktop/app/caliper_work.py</extracomment>
      <translation>Zirkel in andere Ableitung setzen</translation>
    </message>
    <message>
      <source>name caliper</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>Zirkel benennen</translation>
    </message>
    <message>
      <source>network: not asked</source>
      <extracomment>cardio_desktop/ui/paper/overview_content.py</extracomment>
      <translation>Netz: nicht befragt</translation>
    </message>
    <message>
      <source>network: {reason}</source>
      <extracomment>cardio_desktop/ui/paper/overview_content.py</extracomment>
      <translation>Netz: {reason}</translation>
    </message>
    <message>
      <source>new</source>
      <extracomment>cardio_desktop/ui/lists/worklist_words.py</extracomment>
      <translation>neu</translation>
    </message>
    <message>
      <source>no beat is marked</source>
      <extracomment>cardio_desktop/ui/commands/go.py</extracomment>
      <translation>kein Schlag ist markiert</translation>
    </message>
    <message>
      <source>no beat is selected</source>
      <extracomment>cardio_desktop/ui/commands/beats.py</extracomment>
      <translation>kein Schlag ist ausgewählt</translation>
    </message>
    <message>
      <source>no beats are known</source>
      <extracomment>cardio_desktop/ui/commands/beats.py</extracomment>
      <translation>keine Schläge sind bekannt</translation>
    </message>
    <message>
      <source>no caliper and no beat is selected</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>weder ein Zirkel noch ein Schlag ist ausgewählt</translation>
    </message>
    <message>
      <source>no caliper is chosen</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>kein Zirkel ist gewählt</translation>
    </message>
    <message>
      <source>no caliper is selected</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>kein Zirkel ist ausgewählt</translation>
    </message>
    <message>
      <source>no display filter</source>
      <extracomment>cardio_desktop/ui/paper/captions.py</extracomment>
      <translation>kein Anzeigefilter</translation>
    </message>
    <message>
      <source>no display filter ({filter} needs lines of at most {seconds} s)</source>
      <extracomment>cardio_desktop/ui/paper/captions.py</extracomment>
      <translation>kein Anzeigefilter ({filter} braucht Zeilen von höchstens {seconds} s)</translation>
    </message>
    <message>
      <source>no evidence is shown</source>
      <extracomment>cardio_desktop/ui/commands/conditions.py</extracomment>
      <translation>es wird keine Evidenz gezeigt</translation>
    </message>
    <message>
      <source>no folder that was opened holds an earlier ECG of this patient</source>
      <extracomment>cardio_desktop/ui/commands/comparison.py</extracomment>
      <translation>kein geöffneter Ordner enthält ein früheres EKG dieses Patienten</translation>
    </message>
    <message>
      <source>no record</source>
      <extracomment>cardio_desktop/ui/paper/comparison_words.py</extracomment>
      <translation>keine Aufzeichnung</translation>
    </message>
    <message>
      <source>no record is open</source>
      <extracomment>cardio_desktop/ui/commands/conditions.py, cardio_desktop/ui/commands/signing.py</extracomment>
      <translation>keine Aufzeichnung ist offen</translation>
    </message>
    <message>
      <source>no records</source>
      <extracomment>cardio_desktop/ui/lists/worklist_words.py</extracomment>
      <translation>keine Aufzeichnungen</translation>
    </message>
    <message>
      <source>no sample</source>
      <extracomment>cardio_desktop/ui/paper/readout.py</extracomment>
      <translation>kein Messwert</translation>
    </message>
    <message>
      <source>no samples</source>
      <extracomment>cardio_desktop/ui/live/live_words.py</extracomment>
      <translation>keine Werte</translation>
    </message>
    <message>
      <source>no sentence is marked on the paper</source>
      <extracomment>cardio_desktop/ui/commands/reading.py</extracomment>
      <translation>kein Satz ist auf dem Papier markiert</translation>
    </message>
    <message>
      <source>no signal</source>
      <extracomment>cardio_desktop/render/sheet.py</extracomment>
      <translation>kein Signal</translation>
    </message>
    <message>
      <source>noise</source>
      <extracomment>cardio_desktop/ui/live/live_words.py</extracomment>
      <translation>Störung</translation>
    </message>
    <message>
      <source>none</source>
      <extracomment>cardio_desktop/ui/panels/evidence_panel.py, cardio_desktop/ui/paper/captions.py</extracomment>
      <translation>keine</translation>
    </message>
    <message>
      <source>none; or a TOML or JSON file with clinic, lines and logo</source>
      <extracomment>cardio_desktop/ui/dialogs.py</extracomment>
      <translation>keiner; oder eine TOML- oder JSON-Datei mit clinic, lines und logo</translation>
    </message>
    <message>
      <source>normal</source>
      <extracomment>cardio_desktop/app/beat_work.py, cardio_desktop/ui/panels/holter_shapes.py</extracomment>
      <translation>normal</translation>
    </message>
    <message>
      <source>not analysed here (Shift+F5 analyses this page)</source>
      <extracomment>cardio_desktop/ui/paper/paper_sheet.py</extracomment>
      <translation>hier nicht analysiert (Umschalt+F5 analysiert diese Seite)</translation>
    </message>
    <message>
      <source>not counted for the gain, being unusable: {leads}</source>
      <extracomment>cardio_desktop/ui/paper/paper_sheet.py</extracomment>
      <translation>für die Verstärkung nicht gezählt, da nicht verwertbar: {leads}</translation>
    </message>
    <message>
      <source>not kept</source>
      <extracomment>cardio_desktop/ui/live/live_window.py</extracomment>
      <translation>wird nicht aufgehoben</translation>
    </message>
    <message>
      <source>not on this page: {leads}</source>
      <extracomment>cardio_desktop/ui/paper/paper_sheet.py</extracomment>
      <translation>nicht auf dieser Seite: {leads}</translation>
    </message>
    <message>
      <source>not readable</source>
      <extracomment>cardio_desktop/ui/lists/worklist_words.py</extracomment>
      <translation>nicht lesbar</translation>
    </message>
    <message>
      <source>not shown to the network</source>
      <extracomment>cardio_desktop/render/sheet.py</extracomment>
      <translation>dem Netz nicht gezeigt</translation>
    </message>
    <message>
      <source>not usable</source>
      <extracomment>cardio_desktop/ui/panels/sections/words.py</extracomment>
      <translation>nicht verwertbar</translation>
    </message>
    <message>
      <source>notch {hz} Hz</source>
      <extracomment>cardio_desktop/ui/paper/captions.py</extracomment>
      <translation>Netzfilter {hz} Hz</translation>
    </message>
    <message>
      <source>nothing could be read from it</source>
      <extracomment>cardio_desktop/app/store_copy.py</extracomment>
      <translation>nichts daraus war lesbar</translation>
    </message>
    <message>
      <source>nothing critical was found</source>
      <extracomment>cardio_desktop/ui/commands/go.py</extracomment>
      <translation>nichts Kritisches wurde gefunden</translation>
    </message>
    <message>
      <source>nothing has come yet</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>noch ist nichts gekommen</translation>
    </message>
    <message>
      <source>nothing is concluded yet</source>
      <extracomment>cardio_desktop/ui/commands/signing.py</extracomment>
      <translation>noch ist nichts beurteilt</translation>
    </message>
    <message>
      <source>nothing is running, and nothing is marked</source>
      <extracomment>cardio_desktop/ui/commands/file.py</extracomment>
      <translation>nichts läuft, und nichts ist markiert</translation>
    </message>
    <message>
      <source>nothing was undone</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>nichts wurde rückgängig gemacht</translation>
    </message>
    <message>
      <source>opened</source>
      <extracomment>cardio_desktop/ui/commands/audit_view.py</extracomment>
      <translation>geöffnet</translation>
    </message>
    <message>
      <source>opinions and readings</source>
      <extracomment>cardio_desktop/app/store_copy.py</extracomment>
      <translation>Urteile und Befunde</translation>
    </message>
    <message>
      <source>or look at a simulated sample:</source>
      <extracomment>cardio_desktop/ui/empty_room.py</extracomment>
      <translation>oder sehen Sie ein simuliertes Beispiel an:</translation>
    </message>
    <message>
      <source>out of the usual limits</source>
      <extracomment>cardio_desktop/ui/panels/sections/strip.py</extracomment>
      <translation>außerhalb der üblichen Grenzen</translation>
    </message>
    <message>
      <source>over-read</source>
      <extracomment>cardio_desktop/app/signed_words.py</extracomment>
      <translation>Nachbefundung</translation>
    </message>
    <message>
      <source>own words</source>
      <extracomment>cardio_desktop/app/signed_words.py</extracomment>
      <translation>eigene Worte</translation>
    </message>
    <message>
      <source>paced</source>
      <extracomment>cardio_desktop/app/beat_work.py, cardio_desktop/ui/panels/holter_shapes.py</extracomment>
      <translation>stimuliert</translation>
    </message>
    <message>
      <source>pause</source>
      <extracomment>cardio_desktop/ui/paper/overview_content.py</extracomment>
      <translation>Pause</translation>
    </message>
    <message>
      <source>pause of {s} s</source>
      <extracomment>cardio_desktop/app/long_analysis.py</extracomment>
      <translation>Pause von {s} s</translation>
    </message>
    <message>
      <source>paused</source>
      <extracomment>cardio_desktop/ui/lists/worklist_words.py</extracomment>
      <translation>angehalten</translation>
    </message>
    <message>
      <source>per minute</source>
      <extracomment>cardio_desktop/ui/live/vitals.py</extracomment>
      <translation>pro Minute</translation>
    </message>
    <message>
      <source>place {kind}</source>
      <extracomment>cardio_desktop/app/caliper_work.py</extracomment>
      <translation>{kind} setzen</translation>
    </message>
    <message>
      <source>points</source>
      <extracomment>cardio_desktop/ui/paper/comparison_words.py</extracomment>
      <translation>Punkte</translation>
    </message>
    <message>
      <source>program: {line}</source>
      <extracomment>cardio_desktop/ui/lists/worklist_words.py</extracomment>
      <translation>Programm: {line}</translation>
    </message>
    <message>
      <source>rate {bpm} /min</source>
      <extracomment>cardio_desktop/ui/paper/overview_bar.py</extracomment>
      <translation>Frequenz {bpm} /min</translation>
    </message>
    <message>
      <source>read</source>
      <extracomment>cardio_desktop/ui/lists/worklist_words.py</extracomment>
      <translation>gelesen</translation>
    </message>
    <message>
      <source>read marks</source>
      <extracomment>cardio_desktop/app/store_copy.py</extracomment>
      <translation>Gelesen-Vermerke</translation>
    </message>
    <message>
      <source>reading</source>
      <extracomment>cardio_desktop/app/signed_words.py</extracomment>
      <translation>Befundung</translation>
    </message>
    <message>
      <source>recorded at the same time</source>
      <extracomment>cardio_desktop/app/comparison.py</extracomment>
      <translation>zur gleichen Zeit aufgezeichnet</translation>
    </message>
    <message>
      <source>recorder's filter: {filter}</source>
      <extracomment>cardio_desktop/ui/paper/paper_sheet.py</extracomment>
      <translation>Filter des Geräts: {filter}</translation>
    </message>
    <message>
      <source>remove all calipers</source>
      <extracomment>cardio_desktop/app/marks.py</extracomment>
      <translation>alle Zirkel entfernen</translation>
    </message>
    <message>
      <source>restore a backup of it if you miss something</source>
      <extracomment>cardio_desktop/app/store_copy.py</extracomment>
      <translation>spielen Sie eine Sicherung ein, wenn etwas fehlt</translation>
    </message>
    <message>
      <source>restored</source>
      <extracomment>cardio_desktop/ui/commands/audit_view.py</extracomment>
      <translation>zurückgeholt</translation>
    </message>
    <message>
      <source>second reading</source>
      <extracomment>cardio_desktop/app/signed_words.py</extracomment>
      <translation>Zweitbefundung</translation>
    </message>
    <message>
      <source>shown {s} s after it came, as the source sends in bursts</source>
      <extracomment>cardio_desktop/ui/live/live_window.py</extracomment>
      <translation>{s} s nach dem Eintreffen gezeigt, da die Quelle schubweise sendet</translation>
    </message>
    <message>
      <source>signal to noise {snr} dB</source>
      <extracomment>cardio_desktop/ui/panels/sections/words.py</extracomment>
      <translation>Signal-Rausch-Abstand {snr} dB</translation>
    </message>
    <message>
      <source>signatures</source>
      <extracomment>cardio_desktop/app/store_copy.py</extracomment>
      <translation>Unterschriften</translation>
    </message>
    <message>
      <source>signed</source>
      <extracomment>cardio_desktop/ui/commands/audit_view.py, cardio_desktop/ui/lists/worklist_words.py</extracomment>
      <translation>signiert</translation>
    </message>
    <message>
      <source>simulated</source>
      <extracomment>cardio_desktop/ui/lists/worklist_words.py, cardio_desktop/ui/main_window.py</extracomment>
      <translation>simuliert</translation>
    </message>
    <message>
      <source>slow</source>
      <extracomment>cardio_desktop/ui/paper/overview_content.py</extracomment>
      <translation>langsam</translation>
    </message>
    <message>
      <source>still looking for records</source>
      <extracomment>cardio_desktop/ui/lists/worklist_words.py</extracomment>
      <translation>Suche nach Aufzeichnungen läuft noch</translation>
    </message>
    <message>
      <source>stopped</source>
      <extracomment>cardio_desktop/ui/lists/worklist_words.py</extracomment>
      <translation>beendet</translation>
    </message>
    <message>
      <source>supraventricular</source>
      <extracomment>cardio_desktop/app/beat_work.py, cardio_desktop/ui/panels/holter_shapes.py</extracomment>
      <translation>supraventrikulär</translation>
    </message>
    <message>
      <source>supraventricular beat</source>
      <extracomment>cardio_desktop/ui/paper/overview_content.py</extracomment>
      <translation>supraventrikulärer Schlag</translation>
    </message>
    <message>
      <source>supraventricular run</source>
      <extracomment>cardio_desktop/ui/paper/overview_content.py</extracomment>
      <translation>supraventrikuläre Salve</translation>
    </message>
    <message>
      <source>take over the file's beats</source>
      <extracomment>cardio_desktop/app/beat_work.py</extracomment>
      <translation>Schläge der Datei übernehmen</translation>
    </message>
    <message>
      <source>the disk does not answer</source>
      <extracomment>fixed tables</extracomment>
      <translation>der Datenträger antwortet nicht</translation>
    </message>
    <message>
      <source>the disk is full</source>
      <extracomment>fixed tables</extracomment>
      <translation>der Datenträger ist voll</translation>
    </message>
    <message>
      <source>the disk is read-only</source>
      <extracomment>fixed tables</extracomment>
      <translation>der Datenträger ist schreibgeschützt</translation>
    </message>
    <message>
      <source>the file</source>
      <extracomment>cardio_desktop/app/beat_work.py</extracomment>
      <translation>der Datei</translation>
    </message>
    <message>
      <source>the file cannot be opened</source>
      <extracomment>fixed tables</extracomment>
      <translation>die Datei lässt sich nicht öffnen</translation>
    </message>
    <message>
      <source>the file marks no beats</source>
      <extracomment>cardio_desktop/ui/commands/beats.py</extracomment>
      <translation>die Datei markiert keine Schläge</translation>
    </message>
    <message>
      <source>the findings are hidden (F2 shows them)</source>
      <extracomment>cardio_desktop/ui/commands/conditions.py</extracomment>
      <translation>die Ergebnisse sind verdeckt (F2 zeigt sie)</translation>
    </message>
    <message>
      <source>the folder does not exist</source>
      <extracomment>fixed tables</extracomment>
      <translation>den Ordner gibt es nicht</translation>
    </message>
    <message>
      <source>the layout has no rhythm strip</source>
      <extracomment>cardio_desktop/ui/commands/paper.py</extracomment>
      <translation>die Anordnung hat keinen Rhythmusstreifen</translation>
    </message>
    <message>
      <source>the list stands on {name}, which could not be opened</source>
      <extracomment>cardio_desktop/ui/commands/actions.py</extracomment>
      <translation>die Liste steht auf {name}, was nicht geöffnet werden konnte</translation>
    </message>
    <message>
      <source>the network gave no opinion</source>
      <extracomment>cardio_desktop/ui/commands/conditions.py</extracomment>
      <translation>das Netz gab keine Meinung ab</translation>
    </message>
    <message>
      <source>the network's evidence points at no beat</source>
      <extracomment>cardio_desktop/ui/commands/go.py</extracomment>
      <translation>die Evidenz des Netzes weist auf keinen Schlag</translation>
    </message>
    <message>
      <source>the page runs (Space freezes it)</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>die Seite läuft (die Leertaste hält sie an)</translation>
    </message>
    <message>
      <source>the program found something critical (F2 shows it)</source>
      <extracomment>cardio_desktop/ui/commands/signing.py</extracomment>
      <translation>das Programm hat etwas Kritisches gefunden (F2 zeigt es)</translation>
    </message>
    <message>
      <source>the program has concluded nothing</source>
      <extracomment>cardio_desktop/ui/commands/signing.py</extracomment>
      <translation>das Programm hat nichts beurteilt</translation>
    </message>
    <message>
      <source>the program's words, accepted</source>
      <extracomment>cardio_desktop/app/signed_words.py</extracomment>
      <translation>Worte des Programms, übernommen</translation>
    </message>
    <message>
      <source>the program's words, edited</source>
      <extracomment>cardio_desktop/app/signed_words.py</extracomment>
      <translation>Worte des Programms, geändert</translation>
    </message>
    <message>
      <source>the reading is not signed yet</source>
      <extracomment>cardio_desktop/ui/commands/signing.py</extracomment>
      <translation>die Befundung ist noch nicht signiert</translation>
    </message>
    <message>
      <source>the reading is signed; only an addendum is possible</source>
      <extracomment>cardio_desktop/ui/commands/conditions.py</extracomment>
      <translation>die Befundung ist signiert; nur ein Nachtrag ist möglich</translation>
    </message>
    <message>
      <source>the record ends</source>
      <extracomment>cardio_desktop/render/sheet.py</extracomment>
      <translation>Ende der Aufzeichnung</translation>
    </message>
    <message>
      <source>the record ends with its first page</source>
      <extracomment>cardio_desktop/ui/commands/long.py</extracomment>
      <translation>die Aufzeichnung endet mit ihrer ersten Seite</translation>
    </message>
    <message>
      <source>the record is not analysed yet</source>
      <extracomment>cardio_desktop/ui/commands/beats.py, cardio_desktop/ui/commands/conditions.py</extracomment>
      <translation>die Aufzeichnung ist noch nicht analysiert</translation>
    </message>
    <message>
      <source>the record is not in the worklist</source>
      <extracomment>cardio_desktop/ui/commands/worklist.py</extracomment>
      <translation>die Aufzeichnung steht nicht in der Arbeitsliste</translation>
    </message>
    <message>
      <source>the record lacks the six limb leads</source>
      <extracomment>cardio_desktop/ui/commands/paper.py</extracomment>
      <translation>der Aufzeichnung fehlen die sechs Extremitätenableitungen</translation>
    </message>
    <message>
      <source>the recording goes on (Ctrl+E ends it)</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>die Aufzeichnung läuft noch (Strg+E beendet sie)</translation>
    </message>
    <message>
      <source>the recording is not kept</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>die Aufzeichnung wird nicht aufgehoben</translation>
    </message>
    <message>
      <source>the recording is over</source>
      <extracomment>cardio_desktop/ui/live/live_actions.py</extracomment>
      <translation>die Aufzeichnung ist zu Ende</translation>
    </message>
    <message>
      <source>the selected caliper is no QT caliper</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>der ausgewählte Zirkel ist kein QT-Zirkel</translation>
    </message>
    <message>
      <source>the whole record is not analysed (Ctrl+F5)</source>
      <extracomment>cardio_desktop/ui/commands/long.py</extracomment>
      <translation>die ganze Aufzeichnung ist nicht analysiert (Strg+F5)</translation>
    </message>
    <message>
      <source>the worklist is empty</source>
      <extracomment>cardio_desktop/ui/commands/worklist.py</extracomment>
      <translation>die Arbeitsliste ist leer</translation>
    </message>
    <message>
      <source>there is no caliper</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>es gibt keinen Zirkel</translation>
    </message>
    <message>
      <source>there is nothing to undo</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>es gibt nichts rückgängig zu machen</translation>
    </message>
    <message>
      <source>this computer alone; or names or addresses of others</source>
      <extracomment>cardio_desktop/ui/live/follow_dialog.py</extracomment>
      <translation>nur dieser Rechner; oder Namen oder Adressen anderer</translation>
    </message>
    <message>
      <source>this screen</source>
      <extracomment>cardio_desktop/ui/paper/screen_dialog.py</extracomment>
      <translation>diesen Bildschirm</translation>
    </message>
    <message>
      <source>this screen is not calibrated: View, Screen calibration</source>
      <extracomment>cardio_desktop/ui/paper/captions.py</extracomment>
      <translation>dieser Bildschirm ist nicht kalibriert: Ansicht, Bildschirmkalibrierung</translation>
    </message>
    <message>
      <source>time and amplitude caliper</source>
      <extracomment>cardio_desktop/app/caliper_work.py</extracomment>
      <translation>Zeit- und Amplitudenzirkel</translation>
    </message>
    <message>
      <source>time and millivolts</source>
      <extracomment>cardio_desktop/ui/commands/calipers.py</extracomment>
      <translation>Zeit und Millivolt</translation>
    </message>
    <message>
      <source>time caliper</source>
      <extracomment>cardio_desktop/app/caliper_work.py</extracomment>
      <translation>Zeitzirkel</translation>
    </message>
    <message>
      <source>time not known</source>
      <extracomment>cardio_desktop/ui/paper/comparison_words.py</extracomment>
      <translation>Zeit unbekannt</translation>
    </message>
    <message>
      <source>true size</source>
      <extracomment>cardio_desktop/ui/paper/captions.py</extracomment>
      <translation>wahre Größe</translation>
    </message>
    <message>
      <source>true size when printed at 100 %</source>
      <extracomment>cardio_desktop/ui/paper/captions.py</extracomment>
      <translation>wahre Größe beim Druck mit 100 %</translation>
    </message>
    <message>
      <source>type of beat: {kind}</source>
      <extracomment>cardio_desktop/app/beat_work.py</extracomment>
      <translation>Schlagtyp: {kind}</translation>
    </message>
    <message>
      <source>unknown</source>
      <extracomment>cardio_desktop/app/beat_work.py, cardio_desktop/ui/panels/holter_shapes.py</extracomment>
      <translation>unbekannt</translation>
    </message>
    <message>
      <source>unusable</source>
      <extracomment>cardio_desktop/ui/live/live_words.py</extracomment>
      <translation>unbrauchbar</translation>
    </message>
    <message>
      <source>up to {time} only</source>
      <extracomment>cardio_desktop/ui/live/live_window.py</extracomment>
      <translation>nur bis {time}</translation>
    </message>
    <message>
      <source>upper line</source>
      <extracomment>cardio_desktop/app/caliper_work.py</extracomment>
      <translation>obere Linie</translation>
    </message>
    <message>
      <source>usable</source>
      <extracomment>cardio_desktop/ui/panels/sections/words.py</extracomment>
      <translation>verwertbar</translation>
    </message>
    <message>
      <source>ventricular</source>
      <extracomment>cardio_desktop/app/beat_work.py, cardio_desktop/ui/panels/holter_shapes.py</extracomment>
      <translation>ventrikulär</translation>
    </message>
    <message>
      <source>ventricular beat</source>
      <extracomment>cardio_desktop/ui/paper/overview_content.py</extracomment>
      <translation>ventrikulärer Schlag</translation>
    </message>
    <message>
      <source>ventricular flutter or fibrillation</source>
      <extracomment>cardio_desktop/ui/paper/overview_content.py</extracomment>
      <translation>Kammerflattern oder -flimmern</translation>
    </message>
    <message>
      <source>ventricular run</source>
      <extracomment>cardio_desktop/ui/paper/overview_content.py</extracomment>
      <translation>ventrikuläre Salve</translation>
    </message>
    <message>
      <source>waiting</source>
      <extracomment>cardio_desktop/ui/lists/worklist_words.py</extracomment>
      <translation>wartet</translation>
    </message>
    <message>
      <source>what you mark and write is kept only until you close the program</source>
      <extracomment>cardio_desktop/app/kept_items.py</extracomment>
      <translation>Ihre Markierungen und Texte bleiben nur bis zum Schließen des Programms erhalten</translation>
    </message>
    <message>
      <source>whole caliper</source>
      <extracomment>cardio_desktop/app/caliper_work.py</extracomment>
      <translation>ganzer Zirkel</translation>
    </message>
    <message>
      <source>you</source>
      <extracomment>cardio_desktop/ui/paper/beat_overlay.py</extracomment>
      <translation>Sie</translation>
    </message>
    <message>
      <source>you have changed no beat</source>
      <extracomment>cardio_desktop/ui/commands/beats.py</extracomment>
      <translation>Sie haben keinen Schlag geändert</translation>
    </message>
    <message>
      <source>you may not write there</source>
      <extracomment>fixed tables</extracomment>
      <translation>Sie dürfen dort nicht schreiben</translation>
    </message>
    <message>
      <source>your own words stand there (F12 signs them)</source>
      <extracomment>cardio_desktop/ui/commands/signing.py</extracomment>
      <translation>dort stehen Ihre eigenen Worte (F12 signiert sie)</translation>
    </message>
    <message>
      <source>your share of the disk is full</source>
      <extracomment>fixed tables</extracomment>
      <translation>Ihr Anteil am Datenträger ist voll</translation>
    </message>
    <message>
      <source>{count} beats</source>
      <extracomment>cardio_desktop/ui/panels/sections/words.py</extracomment>
      <translation>{count} Schläge</translation>
    </message>
    <message>
      <source>{count} chosen</source>
      <extracomment>cardio_desktop/app/worklist.py</extracomment>
      <translation>{count} ausgewählt</translation>
    </message>
    <message>
      <source>{count} entries could be saved</source>
      <extracomment>cardio_desktop/app/store_copy.py</extracomment>
      <translation>{count} Einträge konnten gerettet werden</translation>
    </message>
    <message>
      <source>{count} not readable</source>
      <extracomment>cardio_desktop/ui/lists/worklist_words.py</extracomment>
      <translation>{count} nicht lesbar</translation>
    </message>
    <message>
      <source>{count} of your changes are not saved and would be lost.</source>
      <extracomment>cardio_desktop/ui/closing.py</extracomment>
      <translation>{count} Ihrer Änderungen sind nicht gespeichert und gingen verloren.</translation>
    </message>
    <message>
      <source>{count} signed entries of this record are not what was signed and count for nothing.</source>
      <extracomment>cardio_desktop/app/signed_words.py</extracomment>
      <translation>{count} signierte Einträge dieser Aufzeichnung sind nicht das, was signiert wurde, und zählen nicht.</translation>
    </message>
    <message>
      <source>{days} days between them</source>
      <extracomment>cardio_desktop/app/comparison.py</extracomment>
      <translation>{days} Tage dazwischen</translation>
    </message>
    <message>
      <source>{done} of {total} analysed</source>
      <extracomment>cardio_desktop/ui/lists/worklist_words.py</extracomment>
      <translation>{done} von {total} analysiert</translation>
    </message>
    <message>
      <source>{file} cannot be made; try another folder.</source>
      <extracomment>cardio_desktop/ui/paper/comparison_print.py</extracomment>
      <translation>{file} lässt sich nicht erstellen; versuchen Sie einen anderen Ordner.</translation>
    </message>
    <message>
      <source>{file} cannot be written; choose a name that ends in .png, .svg or .pdf.</source>
      <extracomment>cardio_desktop/ui/paper/export.py</extracomment>
      <translation>{file} kann nicht geschrieben werden; wählen Sie einen Namen mit .png, .svg oder .pdf.</translation>
    </message>
    <message>
      <source>{file} exists. Replace it?</source>
      <extracomment>cardio_desktop/ui/commands/writing.py, cardio_desktop/ui/dialogs.py</extracomment>
      <translation>{file} besteht schon. Ersetzen?</translation>
    </message>
    <message>
      <source>{file} has not been read as a whole yet.</source>
      <extracomment>cardio_desktop/ui/panels/holter_window.py</extracomment>
      <translation>{file} ist noch nicht als Ganzes gelesen.</translation>
    </message>
    <message>
      <source>{file}: analysing it ended unexpectedly; open it by itself.</source>
      <extracomment>cardio_desktop/app/workers.py</extracomment>
      <translation>{file}: Die Analyse endete unerwartet; öffnen Sie die Datei einzeln.</translation>
    </message>
    <message>
      <source>{file}: it took longer than {seconds} s and was given up; open it by itself.</source>
      <extracomment>cardio_desktop/app/workers.py</extracomment>
      <translation>{file}: Die Analyse dauerte länger als {seconds} s und wurde aufgegeben; öffnen Sie die Datei einzeln.</translation>
    </message>
    <message>
      <source>{file}: {beats} beats, {unread} min could not be read.</source>
      <extracomment>cardio_desktop/ui/panels/holter_window.py</extracomment>
      <translation>{file}: {beats} Schläge, {unread} min nicht auswertbar.</translation>
    </message>
    <message>
      <source>{filter} does not exist at {rate} samples a second</source>
      <extracomment>cardio_desktop/ui/paper/captions.py</extracomment>
      <translation>{filter} gibt es bei {rate} Messwerten je Sekunde nicht</translation>
    </message>
    <message>
      <source>{filter}: none</source>
      <extracomment>cardio_desktop/ui/commands/paper.py</extracomment>
      <translation>{filter}: keiner</translation>
    </message>
    <message>
      <source>{folder} cannot be used ({problem}); choose another folder.</source>
      <extracomment>cardio_desktop/ui/live/follow_dialog.py</extracomment>
      <translation>{folder} lässt sich nicht verwenden ({problem}); wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
      <source>{folder}: no ECG records were found in it; choose another folder.</source>
      <extracomment>cardio_desktop/app/worklist.py</extracomment>
      <translation>{folder}: keine EKG-Aufzeichnungen gefunden; wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
      <source>{hours} h between them</source>
      <extracomment>cardio_desktop/app/comparison.py</extracomment>
      <translation>{hours} h dazwischen</translation>
    </message>
    <message>
      <source>{lead}: not in the file</source>
      <extracomment>cardio_desktop/render/sheet.py</extracomment>
      <translation>{lead}: nicht in der Datei</translation>
    </message>
    <message>
      <source>{meaning}: {who}, {time}</source>
      <extracomment>cardio_desktop/app/signed_words.py</extracomment>
      <translation>{meaning}: {who}, {time}</translation>
    </message>
    <message>
      <source>{minutes} min between them</source>
      <extracomment>cardio_desktop/app/comparison.py</extracomment>
      <translation>{minutes} min dazwischen</translation>
    </message>
    <message>
      <source>{name} has signed already; a second reading is another person's.</source>
      <extracomment>cardio_desktop/ui/sign_dialog.py</extracomment>
      <translation>{name} hat schon signiert; eine Zweitbefundung macht jemand anders.</translation>
    </message>
    <message>
      <source>{name} holds beats that this program wrote. Replace them?</source>
      <extracomment>cardio_desktop/ui/commands/save_beats.py</extracomment>
      <translation>{name} enthält Schläge, die dieses Programm schrieb. Ersetzen?</translation>
    </message>
    <message>
      <source>{name} {percent} percent</source>
      <extracomment>cardio_desktop/ui/panels/class_bars.py</extracomment>
      <translation>{name} {percent} Prozent</translation>
    </message>
    <message>
      <source>{name}: the electrodes {pair} seem swapped.</source>
      <extracomment>cardio_desktop/app/comparison.py</extracomment>
      <translation>{name}: Die Elektroden {pair} sind vermutlich vertauscht.</translation>
    </message>
    <message>
      <source>{name}: {kind}, {channels} channels at {rate} Hz</source>
      <extracomment>cardio_desktop/ui/live/follow_dialog.py</extracomment>
      <translation>{name}: {kind}, {channels} Kanäle mit {rate} Hz</translation>
    </message>
    <message>
      <source>{name}: {percent} (logit {logit})</source>
      <extracomment>cardio_desktop/ui/panels/sections/words.py</extracomment>
      <translation>{name}: {percent} (Logit {logit})</translation>
    </message>
    <message>
      <source>{number} beats taken over from {source}.</source>
      <extracomment>cardio_desktop/app/beat_work.py</extracomment>
      <translation>{number} Schläge aus {source} übernommen.</translation>
    </message>
    <message>
      <source>{number} beats written: {path}</source>
      <extracomment>cardio_desktop/ui/commands/save_beats.py</extracomment>
      <translation>{number} Schläge geschrieben: {path}</translation>
    </message>
    <message>
      <source>{path} cannot be written ({error}); {lost}; check the folder and the disk.</source>
      <extracomment>cardio_desktop/app/kept_items.py</extracomment>
      <translation>{path} kann nicht geschrieben werden ({error}); {lost}; prüfen Sie Ordner und Datenträger.</translation>
    </message>
    <message>
      <source>{percent} % ectopic beats</source>
      <extracomment>cardio_desktop/app/long_analysis.py</extracomment>
      <translation>{percent} % Extrasystolen</translation>
    </message>
    <message>
      <source>{place} of {count}: minute from {start}, {why}</source>
      <extracomment>cardio_desktop/ui/commands/long.py</extracomment>
      <translation>{place} von {count}: Minute ab {start}, {why}</translation>
    </message>
    <message>
      <source>{px} pixels a millimetre</source>
      <extracomment>cardio_desktop/ui/paper/comparison_beats.py</extracomment>
      <translation>{px} Pixel je Millimeter</translation>
    </message>
    <message>
      <source>{shown} shown</source>
      <extracomment>cardio_desktop/ui/lists/worklist_panel.py</extracomment>
      <translation>{shown} gezeigt</translation>
    </message>
    <message>
      <source>{speed} mm/s  ·  {gain} mm/mV</source>
      <extracomment>cardio_desktop/ui/live/live_window.py</extracomment>
      <translation>{speed} mm/s  ·  {gain} mm/mV</translation>
    </message>
    <message>
      <source>{speed} records/s</source>
      <extracomment>cardio_desktop/ui/lists/worklist_words.py</extracomment>
      <translation>{speed} Aufzeichnungen/s</translation>
    </message>
    <message>
      <source>{start} to {end} s of {length} s</source>
      <extracomment>cardio_desktop/ui/paper/captions.py</extracomment>
      <translation>{start} bis {end} s von {length} s</translation>
    </message>
    <message>
      <source>{step}: what another window has changed since was left as it is.</source>
      <extracomment>cardio_desktop/app/marks.py</extracomment>
      <translation>{step}: Was ein anderes Fenster seither geändert hat, blieb unverändert.</translation>
    </message>
    <message>
      <source>{time}, {length} s</source>
      <extracomment>cardio_desktop/ui/live/live_words.py</extracomment>
      <translation>{time}, {length} s</translation>
    </message>
    <message>
      <source>{what} It goes on.</source>
      <extracomment>cardio_desktop/ui/live/live_words.py</extracomment>
      <translation>{what} Dauert an.</translation>
    </message>
    <message>
      <source>{what} in {leads}</source>
      <extracomment>cardio_desktop/ui/panels/sections/words.py</extracomment>
      <translation>{what} in {leads}</translation>
    </message>
    <message>
      <source>{work} failed by a fault of the program ({problem}).</source>
      <extracomment>cardio_desktop/app/jobs.py</extracomment>
      <translation>{work}: an einem Programmfehler gescheitert ({problem}).</translation>
    </message>
    <message>
      <source>{work}: not enough memory; close other programs and try again.</source>
      <extracomment>cardio_desktop/app/jobs.py</extracomment>
      <translation>{work}: zu wenig Speicher; schließen Sie andere Programme und versuchen Sie es erneut.</translation>
    </message>
    <message>
      <source>{years} y</source>
      <extracomment>cardio_desktop/ui/lists/worklist_words.py, cardio_desktop/ui/paper/captions.py</extracomment>
      <translation>{years} J.</translation>
    </message>
    <message>
      <source>{years} years between them</source>
      <extracomment>cardio_desktop/app/comparison.py</extracomment>
      <translation>{years} Jahre dazwischen</translation>
    </message>
    <message>
      <source>… and sign</source>
      <extracomment>cardio_desktop/ui/commands/signing.py</extracomment>
      <translation>… und signieren</translation>
    </message>
    <message>
      <source>✓ You agree</source>
      <extracomment>cardio_desktop/ui/panels/sections/finding_row.py</extracomment>
      <translation>✓ Sie stimmen zu</translation>
    </message>
    <message>
      <source>✗ You disagree</source>
      <extracomment>cardio_desktop/ui/panels/sections/finding_row.py</extracomment>
      <translation>✗ Sie widersprechen</translation>
    </message>
  </context>
</TS>
