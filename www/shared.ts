/**
 * What both a start and something fetched later are made of. Whatever is fetched later imports this as well, so that
 * the bundler makes one file of it and not one for each circle of users: small files compress badly.
 */
import './arithmetic';
import './components/arrows';
import './components/cells';
import './components/icons';
import './components/method-button';
import './components/piece';
import './engine';
import './formula';
import './rules/eta';
import './rules/lanes';
import './rules/pace';
import './rules/parts';
import './rules/placing';
import './text';
import './told';
